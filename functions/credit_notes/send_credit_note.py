"""POST /credit-notes/{credit_note_id}/send: send a credit note to its customer by e-mail."""

from invoicing.api.app import Call
from invoicing.api.envelope import Reply
from invoicing.api.inputs.credit_notes import SendCreditNoteInput
from invoicing.api.outputs.credit_notes import CreditNoteOutput, credit_note_links, credit_note_output
from invoicing.operations.send_credit_note import send_credit_note
from invoicing.wiring import api


@api(
    "POST",
    "/credit-notes/{credit_note_id}/send",
    scope="credit_notes:write",
    body=SendCreditNoteInput,
    answers={200: CreditNoteOutput},
).operation
def handler(call: Call[SendCreditNoteInput]) -> Reply:
    """The credit note as sent."""
    note = send_credit_note(
        call.work,
        call.request.parameters["credit_note_id"],
        call.body.request(),
        page_url=call.page_url,
        if_version=call.request.if_version,
    )
    return Reply(data=credit_note_output(note, call.api_url), links=credit_note_links(note), version=note.version)
