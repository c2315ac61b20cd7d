"""POST /invoices/{invoice_id}/void: void an invoice, whose number stays used."""

from invoicing.api.app import Call
from invoicing.api.envelope import Reply
from invoicing.api.inputs.invoice_actions import VoidInvoiceInput
from invoicing.api.outputs.invoices import VoidedInvoiceOutput, invoice_links, voided_invoice_output
from invoicing.operations.void_invoice import void_invoice
from invoicing.wiring import api


@api(
    "POST",
    "/invoices/{invoice_id}/void",
    scope="invoices:write",
    body=VoidInvoiceInput,
    answers={200: VoidedInvoiceOutput},
).operation
def handler(call: Call[VoidInvoiceInput]) -> Reply:
    """The invoice as cancelled."""
    invoice_id = call.request.parameters["invoice_id"]
    invoice = void_invoice(call.work, invoice_id, call.body.reason, if_version=call.request.if_version)
    return Reply(data=voided_invoice_output(invoice), links=invoice_links(invoice), version=invoice.version)
