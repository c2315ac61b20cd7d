"""POST /credit-notes/{credit_note_id}/send: send a credit note to its customer by e-mail."""

from invoicing.api.app import ApiRequest
from invoicing.api.envelope import Result
from invoicing.api.inputs.credit_notes import SendCreditNoteInput
from invoicing.api.outputs.credit_notes import CreditNoteOutput, credit_note_links, credit_note_output
from invoicing.operations.credit_notes.send_credit_note import send_credit_note
from invoicing.wiring import api


@api(
    "POST",
    "/credit-notes/{credit_note_id}/send",
    summary="Send a credit note",
    description="Sends the credit note to its customer by e-mail, also when it was sent before.",
    scope="credit_notes:write",
    body=SendCreditNoteInput,
    answers={200: CreditNoteOutput},
    etag=True,
    if_match=True,
).operation
def handler(request: ApiRequest[SendCreditNoteInput]) -> Result:
    """The credit note as sent."""
    note = send_credit_note(
        request.uow,
        request.http.parameters["credit_note_id"],
        request.body.request(),
        page_url=request.page_url,
        if_version=request.http.if_version,
    )
    return Result(data=credit_note_output(note, request.api_url), links=credit_note_links(note), version=note.version)
