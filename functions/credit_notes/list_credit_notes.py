"""GET /credit-notes: list credit notes."""

from invoicing.api.app import ApiRequest, NoBody
from invoicing.api.envelope import Result
from invoicing.api.list_page import list_result
from invoicing.api.outputs.credit_notes import CreditNoteOutput, credit_note_output
from invoicing.api.queries.credit_notes import CREDIT_NOTES
from invoicing.api.query import read_query
from invoicing.domain.credit_notes.credit_note import CreditNote
from invoicing.wiring import api


@api(
    "GET",
    "/credit-notes",
    summary="List credit notes",
    description="A page of credit notes, the newest first.",
    scope="credit_notes:read",
    lists=CREDIT_NOTES,
    answers={200: list[CreditNoteOutput]},
).operation
def handler(request: ApiRequest[NoBody]) -> Result:
    """One page of credit notes."""
    asked = read_query(request.http.query_string, CREDIT_NOTES)
    listed = request.uow.page_of(CreditNote, asked.query)
    return list_result(request.http, asked, listed, lambda note: credit_note_output(note, request.api_url))
