"""GET /credit-notes/{credit_note_id}: read a credit note."""

from functools import partial

from invoicing.api.app import ApiRequest, NoBody
from invoicing.api.envelope import Result
from invoicing.api.expansion import expanding
from invoicing.api.outputs.credit_notes import CreditNoteOutput, credit_note_links, credit_note_output
from invoicing.api.queries.expansions import CREDIT_NOTE_EXPANSIONS
from invoicing.domain.credit_notes.credit_note import CreditNote
from invoicing.wiring import api


@api(
    "GET",
    "/credit-notes/{credit_note_id}",
    summary="Read a credit note",
    description="A credit note with its lines and totals.",
    scope="credit_notes:read",
    query=CREDIT_NOTE_EXPANSIONS.query,
    answers={200: CreditNoteOutput},
    expands=CREDIT_NOTE_EXPANSIONS,
    etag=True,
).operation
def handler(request: ApiRequest[NoBody]) -> Result:
    """The credit note."""
    names = CREDIT_NOTE_EXPANSIONS.names_in(request.http.query_string)
    note = request.uow.get(CreditNote, request.http.parameters["credit_note_id"])
    output = partial(credit_note_output, api_url=request.api_url)
    data = expanding(request, CREDIT_NOTE_EXPANSIONS, names, [note], output)(note)
    return Result(data=data, links=credit_note_links(note), version=note.version)
