"""POST /invoices/{invoice_id}/credit-notes: credit an invoice, in part or in full."""

from invoicing.api.app import ApiRequest
from invoicing.api.envelope import Result
from invoicing.api.inputs.credit_notes import CreateCreditNoteInput
from invoicing.api.outputs.credit_notes import CreditNoteOutput, credit_note_links, credit_note_output
from invoicing.operations.credit_notes.create_credit_note import create_credit_note
from invoicing.wiring import api


@api(
    "POST",
    "/invoices/{invoice_id}/credit-notes",
    summary="Credit an invoice",
    description="Credits an invoice in part or in full; more than is due becomes the customer's credit.",
    scope="credit_notes:write",
    body=CreateCreditNoteInput,
    answers={201: CreditNoteOutput},
    errors={409: "The invoice is a draft or cancelled, nothing of it is left to credit, or the date is locked."},
    etag=True,
    if_match=True,
).operation
def handler(request: ApiRequest[CreateCreditNoteInput]) -> Result:
    """The credit note as issued."""
    note = create_credit_note(
        request.uow,
        request.http.parameters["invoice_id"],
        request.body.credit_note(),
        page_url=request.page_url,
        if_version=request.http.if_version,
    )
    return Result(
        data=credit_note_output(note, request.api_url),
        links=credit_note_links(note),
        status=201,
        version=note.version,
        location=f"/credit-notes/{note.id}",
    )
