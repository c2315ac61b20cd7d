"""Cancelling of an invoice by a credit note, shared by voiding and revising."""

from invoicing.domain.credit_notes.credit_note import CreditNote, issue_credit_note
from invoicing.domain.credit_notes.crediting import lines_to_credit
from invoicing.domain.events.credit_notes import CREDIT_NOTE_CREATED
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.invoices.lifecycle import cancelled
from invoicing.domain.parties.account import Account
from invoicing.operations.credit_notes._booking import book_credit_note
from invoicing.operations.ledger.bookkeeping import date_entry
from invoicing.operations.numbering.allocate_number import allocate_number
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def cancel_by_credit_note(
    uow: UnitOfWork, invoice: Invoice, account: Account, reason: str | None
) -> tuple[Invoice, CreditNote]:
    """Issue a credit note over all that is left, today, and return the cancelled invoice, which the caller writes.

    What was paid becomes customer credit. ``reason`` is the invoice's, for the account's own records; the note has
    none. `Conflict` as `lines_to_credit` and `entry_date`.
    """
    lines = lines_to_credit(invoice, None)
    on = date_entry(uow, account, "issue_date", None, not_before=invoice.issue_date)
    note_id = uow.new_id("cn")
    number = allocate_number(uow, account.default_series("credit_note").id, account, on, note_id)
    note = issue_credit_note(
        invoice,
        lines,
        note_id=note_id,
        number=number,
        reason=None,
        on=on,
        now=uow.now,
        account=account,
    )
    uow.changes.save(note)
    uow.record(CREDIT_NOTE_CREATED, note)
    return cancelled(book_credit_note(uow, invoice, note), reason, uow.now), note
