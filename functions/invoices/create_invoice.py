"""POST /invoices: create an invoice, as a draft or sent at once."""

from invoicing.api.app import Call
from invoicing.api.envelope import Reply
from invoicing.api.inputs.invoices import CreateInvoiceInput
from invoicing.api.outputs.invoices import InvoiceOutput, invoice_links, invoice_output
from invoicing.operations.create_invoice import create_invoice
from invoicing.wiring import api


@api("POST", "/invoices", scope="invoices:write", body=CreateInvoiceInput, answers={201: InvoiceOutput}).operation
def handler(call: Call[CreateInvoiceInput]) -> Reply:
    """The invoice as stored."""
    invoice = create_invoice(call.work, call.body.invoice(), send_email=call.body.send_email, page_url=call.page_url)
    links = invoice_links(invoice)
    data = invoice_output(invoice, call.api_url, call.work.now)
    return Reply(status=201, data=data, links=links, version=invoice.version, location=links["self"])
