"""POST /invoices/{invoice_id}/send: send an invoice to its customer."""

from invoicing.api.app import Call
from invoicing.api.envelope import Reply
from invoicing.api.inputs.invoice_actions import SendInvoiceInput
from invoicing.api.outputs.invoices import SentInvoiceOutput, invoice_links, sent_invoice_output
from invoicing.operations.send_invoice import send_invoice
from invoicing.wiring import api


@api(
    "POST",
    "/invoices/{invoice_id}/send",
    scope="invoices:write",
    body=SendInvoiceInput,
    answers={200: SentInvoiceOutput},
).operation
def handler(call: Call[SendInvoiceInput]) -> Reply:
    """The invoice as sent."""
    invoice = send_invoice(
        call.work,
        call.request.parameters["invoice_id"],
        call.body.email(),
        page_url=call.page_url,
        if_version=call.request.if_version,
    )
    data = sent_invoice_output(invoice, call.api_url)
    return Reply(data=data, links=invoice_links(invoice), version=invoice.version)
