"""Credit notes of an invoice in responses."""

from typing import TypedDict

from invoicing.api.envelope import timestamp
from invoicing.domain.invoices.invoice import InvoiceCreditNote
from invoicing.domain.money.amounts import written
from invoicing.exact_json import Number, number


class InvoiceCreditNoteOutput(TypedDict):
    """A credit note of the invoice; one that is voided does not count any more."""

    id: str
    credit_note_number: str
    issue_date: str
    total: Number
    voided_at: str | None


def invoice_credit_note_output(note: InvoiceCreditNote, currency: str) -> InvoiceCreditNoteOutput:
    """Return a credit note as its invoice shows it."""
    return InvoiceCreditNoteOutput(
        id=note.credit_note_id,
        credit_note_number=note.number,
        issue_date=note.issue_date.isoformat(),
        total=number(written(note.total, currency)),
        voided_at=timestamp(note.voided_at) if note.voided_at else None,
    )
