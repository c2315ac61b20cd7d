"""DELETE /invoices/{invoice_id}/write-off: make due again what was written off."""

from invoicing.api.app import Call, NoBody
from invoicing.api.envelope import Reply
from invoicing.api.outputs.invoices import InvoiceOutput, invoice_links, invoice_output
from invoicing.operations.undo_write_off import undo_write_off
from invoicing.wiring import api


@api("DELETE", "/invoices/{invoice_id}/write-off", scope="invoices:write", answers={200: InvoiceOutput}).operation
def handler(call: Call[NoBody]) -> Reply:
    """The invoice as if it had not been written off."""
    invoice = undo_write_off(call.work, call.request.parameters["invoice_id"], if_version=call.request.if_version)
    data = invoice_output(invoice, call.api_url, call.work.now)
    return Reply(data=data, links=invoice_links(invoice), version=invoice.version)
