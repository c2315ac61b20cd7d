"""Bookkeeping, shared by all use cases that move money: ledger entries, customer credit, invoices."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from invoicing.domain.calendar import instant_text, today
from invoicing.domain.errors import Detail, ValidationFailed
from invoicing.domain.events.event import EventType
from invoicing.domain.events.invoices import INVOICE_OVERDUE, INVOICE_UPDATED
from invoicing.domain.invoices.invoice import OPEN_STATUSES, Invoice
from invoicing.domain.ledger.entry import Credit, LedgerEntry, Movement, changed_by, credit_id
from invoicing.domain.ledger.entry_date import entry_date
from invoicing.domain.ledger.open_items import open_item_change
from invoicing.domain.money.amounts import to_minor
from invoicing.domain.money.credit_lots import Lots
from invoicing.domain.parties.account import Account
from invoicing.domain.reminders.account_reminders import REMINDERS, AccountReminders
from invoicing.domain.sealing import sealed
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork

LONGEST_REQUEST = timedelta(minutes=1)
"""More than a request lasts: API Gateway waits for 30 seconds."""

SEARCHED_ENTRIES = 500
"""The most ledger entries that are searched for uses of credit."""


def date_entry(
    uow: UnitOfWork, account: Account, field: str, given: date | None, *, not_before: date = date.min
) -> date:
    """Return the date of a ledger entry as `entry_date`, and hold its period open as `hold_open`."""
    on = entry_date(account, field, given, today(uow.now, account.time_zone), not_before=not_before)
    hold_open(uow, account, on)
    return on


def hold_open(uow: UnitOfWork, account: Account, day: date) -> None:
    """Make the transaction depend on the account as it was read, so that no lock of this day comes in between.

    Not for today: that day is not over, and the condition would make all payments of an account meet each other. A lock
    that includes today holds for the requests that begin after it.
    """
    if day < today(uow.now + LONGEST_REQUEST, account.time_zone):
        uow.changes.require(uow.ref(Account, account.id), account.version)


def book(uow: UnitOfWork, movement: Movement, **about: Any) -> None:
    """Write the ledger entry of a movement; ``about`` are further fields of `LedgerEntry`."""
    entry = LedgerEntry(account=uow.account, id=uow.new_id("ent"), movement=movement, created_at=uow.now, **about)
    book_entry(uow, entry)


def book_entry(uow: UnitOfWork, entry: LedgerEntry) -> None:
    """Write a ledger entry; `ValueError` when it does not say of which open items its amounts are."""
    if sum(item.amount for item in entry.open_items) != entry.amount + entry.credit:
        raise ValueError("the changes of open items differ from amount and credit")
    uow.changes.save(sealed(entry))


def book_invoice(uow: UnitOfWork, movement: Movement, invoice: Invoice, on: date, amount: int, **about: Any) -> None:
    """Write the ledger entry of a movement of one invoice on a civil date; ``amount`` in minor units.

    ``invoice`` is the one before the movement or, of `Movement.INVOICE`, the one just issued. ``about`` are further
    fields of `LedgerEntry`.
    """
    due = 0 if movement is Movement.INVOICE else invoice.amount_due
    known = {
        "customer_id": invoice.buyer.id,
        "currency": invoice.currency,
        "invoice_id": invoice.id,
        "document": invoice.number,
        "open_items": open_item_change(invoice, due, due + amount + about.get("credit", 0), on),
    }
    book(uow, movement, date=on, amount=amount, **known | about)


def credit_of(uow: UnitOfWork, customer_id: str, currency: str) -> Credit:
    """Return a customer's credit, 0 when there never was any; one request."""
    found = uow.find(Credit, credit_id(customer_id, currency))
    return found or Credit(account=uow.account, customer_id=customer_id, currency=currency)


def change_credit(uow: UnitOfWork, credit: Credit, amount: int, lots: Lots | None = None) -> Credit:
    """Add to a customer's credit, or use some of it, and return it after that; ``lots`` as for `changed_by`.

    `ValidationFailed` ``AMOUNT_EXCEEDS_CREDIT`` below 0.
    """
    if not amount and (lots is None or lots == credit.all_lots):
        return credit
    after = changed_by(credit, amount, lots)
    uow.changes.save(after)
    return after


def save_changed(
    uow: UnitOfWork,
    before: Invoice,
    after: Invoice,
    fields: Sequence[str],
    event_type: EventType[Invoice] = INVOICE_UPDATED,
) -> None:
    """Write an issued invoice whose amounts changed without a payment.

    Its event names the changed ones among ``fields``, amount due and status; another tells that it became overdue.
    """
    uow.changes.save(after)
    asked = sorted({"amount_due", "status", *fields})
    changed = [name for name in asked if getattr(after, name) != getattr(before, name)]
    uow.record(event_type, after, changed=changed)
    if after.overdue_at and not before.overdue_at:
        uow.record(INVOICE_OVERDUE, after, overdue_at=instant_text(after.overdue_at))
    if before.status not in OPEN_STATUSES and after.status in OPEN_STATUSES:
        _reopen_reminders(uow, after)


def _reopen_reminders(uow: UnitOfWork, invoice: Invoice) -> None:
    """Let reminders of an invoice go on, in an account where anything was ever said about them; one request."""
    if uow.find(AccountReminders, REMINDERS):
        from invoicing.operations.reminders._following import reopen_reminders  # noqa: PLC0415

        reopen_reminders(uow, invoice)


def in_minor_units(field: str, amount: Decimal, currency: str) -> int:
    """Convert a client's amount; `ValidationFailed` ``AMOUNT_INVALID`` when it has too many decimals."""
    try:
        return to_minor(amount, currency)
    except ValueError as error:
        raise ValidationFailed(Detail(field, f"{field} {error}.", "AMOUNT_INVALID", amount)) from None
