"""DELETE /invoices/{invoice_id}: delete a draft whose number was never used."""

from invoicing.api.app import Call, NoBody
from invoicing.api.envelope import NO_CONTENT, Answer
from invoicing.operations.delete_invoice import delete_invoice
from invoicing.wiring import api


@api("DELETE", "/invoices/{invoice_id}", scope="invoices:write", answers={204: None}).operation
def handler(call: Call[NoBody]) -> Answer:
    """The draft is gone."""
    delete_invoice(call.work, call.request.parameters["invoice_id"], if_version=call.request.if_version)
    return NO_CONTENT
