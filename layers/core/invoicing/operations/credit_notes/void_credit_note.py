"""Void a credit note of which nothing was used."""

from invoicing.domain.calendar import today
from invoicing.domain.credit_notes.credit_note import CreditNote, require_not_voided, voided
from invoicing.domain.events.credit_notes import CREDIT_NOTE_VOIDED
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.invoices.lifecycle import require_version
from invoicing.domain.ledger.entry import Credit, credit_id, uses_of_credit
from invoicing.domain.ledger.entry_date import require_open
from invoicing.domain.parties.account import Account
from invoicing.domain.reminders.account_reminders import REMINDERS, AccountReminders
from invoicing.operations.account._own_account import PROFILE
from invoicing.operations.credit_notes._booking import book_voided_note
from invoicing.operations.ledger.bookkeeping import SEARCHED_ENTRIES, hold_open, save_changed
from invoicing.operations.unit_of_work.change_set import Ref, WriteConflict
from invoicing.operations.unit_of_work.ports import Ledger
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def void_credit_note(
    uow: UnitOfWork, credit_note_id: str, reason: str | None, ledger: Ledger, *, if_version: int | None = None
) -> CreditNote:
    """Void the credit note, and the customer credit that it made; ``reason`` is for the account's own records.

    Its date must not be in a locked period, whose revenue and tax would change. `NotFound`; `PreconditionFailed`;
    `Conflict` as `voided` and ``PERIOD_LOCKED``.
    """
    uow.prefetch((CreditNote, credit_note_id), (Account, PROFILE), (AccountReminders, REMINDERS))
    note, account = uow.get(CreditNote, credit_note_id), uow.get(Account, PROFILE)
    require_version(note, if_version)
    require_not_voided(note, "void")
    invoice, credit = _books_of(uow, note)
    held = credit.amount if credit else 0
    after = voided(note, invoice, reason, uow.now, held=held, uses=_uses(note, held, ledger))
    require_open(account, note.issue_date, "Issue a new invoice instead")
    hold_open(uow, account, note.issue_date)
    uow.changes.save(after)
    on = today(uow.now, account.time_zone)
    settled = book_voided_note(uow, invoice, note, on, account.time_zone)
    save_changed(uow, invoice, settled, ("amount_credited", "credited_to_customer", "credit_notes"))
    uow.record(CREDIT_NOTE_VOIDED, after)
    return after


def _books_of(uow: UnitOfWork, note: CreditNote) -> tuple[Invoice, Credit | None]:
    """Return invoice and customer credit; `WriteConflict` when the note has changed since it was read.

    Without this check, a note that was voided a moment ago would be compared with books that know of it.
    """
    own: Ref[CreditNote] = uow.ref(CreditNote, note.id)
    invoice, of_customer = (Invoice, note.invoice_id), (Credit, credit_id(note.buyer.id, note.currency))
    uow.prefetch((CreditNote, note.id), invoice, of_customer)
    if uow.get(CreditNote, note.id) != note:
        raise WriteConflict(frozenset({own}))
    return uow.get(*invoice), uow.find(*of_customer)


def _uses(note: CreditNote, held: int, ledger: Ledger) -> tuple[str, ...]:
    """Name what used credit of the note, where less is held."""
    used = note.credited_to_customer - held
    if used <= 0:
        return ()
    latest = ledger.latest(note.account, note.buyer.id, note.currency, SEARCHED_ENTRIES)
    return uses_of_credit(latest, used)
