"""POST /invoices/{invoice_id}/write-off: give up for lost what is due on an invoice."""

from invoicing.api.app import Call
from invoicing.api.envelope import Reply
from invoicing.api.inputs.settlement import WriteOffInvoiceInput
from invoicing.api.outputs.invoices import InvoiceOutput, invoice_links, invoice_output
from invoicing.operations.write_off_invoice import write_off_invoice
from invoicing.wiring import api


@api(
    "POST",
    "/invoices/{invoice_id}/write-off",
    scope="invoices:write",
    body=WriteOffInvoiceInput,
    answers={200: InvoiceOutput},
).operation
def handler(call: Call[WriteOffInvoiceInput]) -> Reply:
    """The invoice with nothing due any more."""
    invoice_id = call.request.parameters["invoice_id"]
    invoice = write_off_invoice(call.work, invoice_id, call.body.reason, if_version=call.request.if_version)
    data = invoice_output(invoice, call.api_url, call.work.now)
    return Reply(data=data, links=invoice_links(invoice), version=invoice.version)
