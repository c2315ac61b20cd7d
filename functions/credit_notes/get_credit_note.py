"""GET /credit-notes/{credit_note_id}: read a credit note."""

from invoicing.api.app import ApiRequest, NoBody
from invoicing.api.envelope import Result
from invoicing.api.outputs.credit_notes import CreditNoteOutput, credit_note_links, credit_note_output
from invoicing.domain.credit_notes.credit_note import CreditNote
from invoicing.wiring import api


@api(
    "GET",
    "/credit-notes/{credit_note_id}",
    summary="Read a credit note",
    description="A credit note with its lines and totals.",
    scope="credit_notes:read",
    answers={200: CreditNoteOutput},
    etag=True,
).operation
def handler(request: ApiRequest[NoBody]) -> Result:
    """The credit note."""
    note = request.uow.get(CreditNote, request.http.parameters["credit_note_id"])
    data = credit_note_output(note, request.api_url)
    return Result(data=data, links=credit_note_links(note), version=note.version)
