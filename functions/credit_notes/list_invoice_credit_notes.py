"""GET /invoices/{invoice_id}/credit-notes: list the credit notes of an invoice, newest first."""

from invoicing.api.app import ApiRequest, NoBody
from invoicing.api.envelope import Result
from invoicing.api.list_page import list_result
from invoicing.api.outputs.credit_notes import CreditNoteOutput, credit_note_output
from invoicing.api.queries.credit_notes import CREDIT_NOTES_OF_INVOICE
from invoicing.api.query import read_query
from invoicing.operations.credit_notes.list_invoice_credit_notes import list_invoice_credit_notes
from invoicing.wiring import api


@api(
    "GET",
    "/invoices/{invoice_id}/credit-notes",
    summary="List the credit notes of an invoice",
    description="A page of the invoice's credit notes, the newest first.",
    scope="credit_notes:read",
    lists=CREDIT_NOTES_OF_INVOICE,
    answers={200: list[CreditNoteOutput]},
).operation
def handler(request: ApiRequest[NoBody]) -> Result:
    """One page of the invoice's credit notes."""
    asked = read_query(request.http.query_string, CREDIT_NOTES_OF_INVOICE)
    listed = list_invoice_credit_notes(request.uow, request.http.parameters["invoice_id"], asked.query)
    return list_result(request.http, asked, listed, lambda note: credit_note_output(note, request.api_url))
