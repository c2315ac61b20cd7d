"""What a ledger entry is of: the document or payment that it books."""

from invoicing.domain.credit_notes.credit_note import CreditNote
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.ledger.entry import LedgerEntry
from invoicing.domain.payments.payment import Payment

type Document = Invoice | CreditNote | Payment


def document_of(entry: LedgerEntry) -> tuple[type[Document], str] | None:
    """Return kind and id of what an entry is of, whose amounts never change; None for a payout of credit."""
    if entry.credit_note_id:
        return CreditNote, entry.credit_note_id
    if entry.payment_id:
        return Payment, entry.payment_id
    return (Invoice, entry.invoice_id) if entry.invoice_id else None
