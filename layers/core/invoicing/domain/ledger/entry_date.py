"""The one rule for the dates of ledger entries: not after today, not before what they undo, not in a locked period."""

from datetime import date

from invoicing.domain.errors import Conflict, Detail, ValidationFailed
from invoicing.domain.parties.account import Account


def entry_date(account: Account, field: str, given: date | None, today: date, *, not_before: date = date.min) -> date:
    """Return the date of a ledger entry: the one that a client gives in ``field``, else today.

    ``not_before`` is the date of what the entry undoes; only where that is later than today, so is the entry.
    `ValidationFailed` ``DATE_INVALID``; `Conflict` ``PERIOD_LOCKED``.
    """
    latest = max(today, not_before)
    day = given or latest
    if day > latest:
        why = f"today in {account.time_zone}" if latest == today else "the date of what this undoes"
        raise _invalid(field, f"{field} must be {latest} or earlier, {why}.", day)
    if day < not_before:
        raise _invalid(field, f"{field} must be {not_before} or later, the date of what this undoes.", day)
    require_open(account, day)
    return day


def require_open(account: Account, day: date, advice: str | None = "Use a later date") -> None:
    """Raise `Conflict` ``PERIOD_LOCKED`` for a day up to and including the last day that the account has locked.

    ``advice`` is what a client can do without unlocking the period, None where there is nothing.
    """
    if is_locked(account, day):
        message = (
            f"The books are locked up to and including {account.books_locked_until}, so nothing can change on {day}. "
            f"{f'{advice}, or change' if advice else 'Change'} books_locked_until of the account."
        )
        raise Conflict("PERIOD_LOCKED", message)


def is_locked(account: Account, day: date) -> bool:
    """Whether the account has locked this day."""
    return account.books_locked_until is not None and day <= account.books_locked_until


def _invalid(field: str, message: str, day: date) -> ValidationFailed:
    return ValidationFailed(Detail(field, message, "DATE_INVALID", day.isoformat()))
