"""POST /credit-notes/{credit_note_id}/void: void a credit note; its number stays used."""

from invoicing.api.app import ApiRequest
from invoicing.api.envelope import Result
from invoicing.api.inputs.credit_notes import VoidCreditNoteInput
from invoicing.api.outputs.credit_notes import CreditNoteOutput, credit_note_links, credit_note_output
from invoicing.operations.credit_notes.void_credit_note import void_credit_note
from invoicing.wiring import api, wiring


@api(
    "POST",
    "/credit-notes/{credit_note_id}/void",
    summary="Void a credit note",
    description="Takes back a credit note all of which is unused customer credit. Its number stays used.",
    scope="credit_notes:write",
    body=VoidCreditNoteInput,
    answers={200: CreditNoteOutput},
    errors={
        409: "The note is voided, it lowered the amount due, its credit was used, or it is dated in a locked period.",
    },
    etag=True,
    if_match=True,
).operation
def handler(request: ApiRequest[VoidCreditNoteInput]) -> Result:
    """The voided credit note."""
    note_id, reason = request.http.parameters["credit_note_id"], request.body.reason
    note = void_credit_note(request.uow, note_id, reason, wiring().ledger, if_version=request.http.if_version)
    return Result(data=credit_note_output(note, request.api_url), links=credit_note_links(note), version=note.version)
