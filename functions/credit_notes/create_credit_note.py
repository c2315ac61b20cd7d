"""POST /invoices/{invoice_id}/credit-notes: credit an invoice, in part or all that is left of it."""

from invoicing.api.app import Call
from invoicing.api.envelope import Reply
from invoicing.api.inputs.credit_notes import CreateCreditNoteInput
from invoicing.api.outputs.credit_notes import CreditNoteOutput, credit_note_links, credit_note_output
from invoicing.operations.create_credit_note import create_credit_note
from invoicing.wiring import api


@api(
    "POST",
    "/invoices/{invoice_id}/credit-notes",
    scope="credit_notes:write",
    body=CreateCreditNoteInput,
    answers={201: CreditNoteOutput},
).operation
def handler(call: Call[CreateCreditNoteInput]) -> Reply:
    """The credit note as issued."""
    note = create_credit_note(
        call.work,
        call.request.parameters["invoice_id"],
        call.body.credit_note(),
        page_url=call.page_url,
        if_version=call.request.if_version,
    )
    return Reply(
        data=credit_note_output(note, call.api_url),
        links=credit_note_links(note),
        status=201,
        version=note.version,
        location=f"/credit-notes/{note.id}",
    )
