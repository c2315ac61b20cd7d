"""GET /credit-notes: list credit notes."""

from functools import partial

from invoicing.api.app import ApiRequest, NoBody
from invoicing.api.envelope import Result
from invoicing.api.expansion import expanding
from invoicing.api.list_page import list_result
from invoicing.api.outputs.credit_notes import CreditNoteOutput, credit_note_output
from invoicing.api.queries.credit_notes import CREDIT_NOTES
from invoicing.api.queries.expansions import CREDIT_NOTE_EXPANSIONS
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
    expands=CREDIT_NOTE_EXPANSIONS,
).operation
def handler(request: ApiRequest[NoBody]) -> Result:
    """One page of credit notes."""
    asked = read_query(request.http.query_string, CREDIT_NOTES)
    listed = request.uow.page_of(CreditNote, asked.query)
    output = partial(credit_note_output, api_url=request.api_url)
    expanded = expanding(request, CREDIT_NOTE_EXPANSIONS, asked.expand, listed.items, output)
    return list_result(request.http, asked, listed, expanded)
