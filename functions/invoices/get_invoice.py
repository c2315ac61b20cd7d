"""GET /invoices/{invoice_id}: read an invoice."""

from invoicing.api.app import Call, NoBody
from invoicing.api.envelope import Reply
from invoicing.api.outputs.invoices import InvoiceOutput, invoice_links, invoice_output
from invoicing.operations.get_invoice import get_invoice
from invoicing.wiring import api


@api("GET", "/invoices/{invoice_id}", scope="invoices:read", answers={200: InvoiceOutput}).operation
def handler(call: Call[NoBody]) -> Reply:
    """The invoice."""
    invoice = get_invoice(call.work, call.request.parameters["invoice_id"])
    data = invoice_output(invoice, call.api_url, call.work.now)
    return Reply(data=data, links=invoice_links(invoice), version=invoice.version)
