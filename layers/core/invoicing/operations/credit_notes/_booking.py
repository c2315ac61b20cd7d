"""Booking of credit notes."""

from invoicing.domain.credit_notes.credit_note import CreditNote
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.ledger.entry import Movement
from invoicing.operations.ledger.bookkeeping import book_invoice, change_credit, credit_of
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def book_credit_note(uow: UnitOfWork, invoice: Invoice, note: CreditNote) -> None:
    """Write the ledger entry of a credit note, and the customer credit that it made; one request if it made some."""
    if note.credited_to_customer:
        change_credit(uow, credit_of(uow, note.buyer.id, note.currency), note.credited_to_customer)
    book_invoice(
        uow,
        Movement.CREDIT_NOTE,
        invoice,
        note.issue_date,
        -note.amount_payable,
        credit=note.credited_to_customer,
        document=note.number,
        credit_note_id=note.id,
    )
