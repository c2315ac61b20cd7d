"""GET /credit-notes/{credit_note_id}: read a credit note."""

from invoicing.api.app import Call, NoBody
from invoicing.api.envelope import Reply
from invoicing.api.outputs.credit_notes import CreditNoteOutput, credit_note_links, credit_note_output
from invoicing.operations.get_credit_note import get_credit_note
from invoicing.wiring import api


@api("GET", "/credit-notes/{credit_note_id}", scope="credit_notes:read", answers={200: CreditNoteOutput}).operation
def handler(call: Call[NoBody]) -> Reply:
    """The credit note."""
    note = get_credit_note(call.work, call.request.parameters["credit_note_id"])
    data = credit_note_output(note, call.api_url)
    return Reply(data=data, links=credit_note_links(note), version=note.version)
