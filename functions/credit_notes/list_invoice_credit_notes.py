"""GET /invoices/{invoice_id}/credit-notes: the credit notes of an invoice, newest first."""

from invoicing.api.app import Call, NoBody
from invoicing.api.envelope import Reply
from invoicing.api.lists import CREDIT_NOTES_OF_INVOICE, list_reply
from invoicing.api.outputs.credit_notes import CreditNoteOutput, credit_note_output
from invoicing.api.query import read_query
from invoicing.operations.list_invoice_credit_notes import list_invoice_credit_notes
from invoicing.wiring import api


@api(
    "GET",
    "/invoices/{invoice_id}/credit-notes",
    scope="credit_notes:read",
    lists=CREDIT_NOTES_OF_INVOICE,
    answers={200: list[CreditNoteOutput]},
).operation
def handler(call: Call[NoBody]) -> Reply:
    """One page of the invoice's credit notes."""
    asked = read_query(call.request.query_string, CREDIT_NOTES_OF_INVOICE)
    listed = list_invoice_credit_notes(call.work, call.request.parameters["invoice_id"], asked.query)
    return list_reply(call.request, asked, listed, lambda note: credit_note_output(note, call.api_url))
