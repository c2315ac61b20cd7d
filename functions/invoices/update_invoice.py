"""PATCH /invoices/{invoice_id}: change a draft."""

from invoicing.api.app import Call
from invoicing.api.envelope import Reply
from invoicing.api.inputs.invoice_changes import UpdateInvoiceInput
from invoicing.api.outputs.invoices import InvoiceOutput, invoice_links, invoice_output
from invoicing.operations.update_invoice import update_invoice
from invoicing.wiring import api


@api(
    "PATCH",
    "/invoices/{invoice_id}",
    scope="invoices:write",
    body=UpdateInvoiceInput,
    answers={200: InvoiceOutput},
).operation
def handler(call: Call[UpdateInvoiceInput]) -> Reply:
    """The draft as changed."""
    invoice_id = call.request.parameters["invoice_id"]
    invoice = update_invoice(call.work, invoice_id, call.body.changes(), if_version=call.request.if_version)
    data = invoice_output(invoice, call.api_url, call.work.now)
    return Reply(data=data, links=invoice_links(invoice), version=invoice.version)
