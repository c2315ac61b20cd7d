"""Instants in UTC, civil dates in an account's time zone, and due dates from payment terms."""

import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from invoicing.domain.errors import Detail, ValidationFailed

_NET = re.compile(r"\s*net\s*(\d{1,3})(?:\s*days)?\s*", re.IGNORECASE)
_AT_ONCE = {"due on receipt", "due upon receipt", "immediate", "immediately"}


def instant_text(instant: datetime) -> str:
    """Write an instant in UTC to the millisecond, as responses and events show it; texts sort by time."""
    return instant.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def today(now: datetime, time_zone: str) -> date:
    """The civil date of an instant in an IANA time zone."""
    return now.astimezone(ZoneInfo(time_zone)).date()


def days_of_terms(payment_terms: str) -> int | None:
    """Return the days until payment is due: 30 for "Net 30", 0 for "Due on receipt", None for unknown wording."""
    if match := _NET.fullmatch(payment_terms):
        return int(match[1])
    return 0 if payment_terms.strip().lower() in _AT_ONCE else None


def invoice_dates(
    *, today: date, issue_date: date | None, due_date: date | None, payment_terms: str
) -> tuple[date, date]:
    """Return issue and due date. Without an issue date it is today, even when the due date has passed.

    `ValidationFailed` (``DATE_INVALID``) when the due date is before an issue date that is given, and when neither a
    due date nor terms that set one are given.
    """
    issued = issue_date or today
    if due_date is None:
        days = days_of_terms(payment_terms)
        if days is None:
            raise ValidationFailed(
                Detail(
                    "due_date", f"due_date is required: payment terms {payment_terms!r} do not set it.", "DATE_INVALID"
                )
            )
        try:
            return issued, issued + timedelta(days=days)
        except OverflowError:
            message = "issue_date is too late: the due date would be after the year 9999."
            raise ValidationFailed(Detail("issue_date", message, "DATE_INVALID", issued.isoformat())) from None
    if issue_date is not None and due_date < issue_date:
        raise ValidationFailed(
            Detail("due_date", "due_date must not be before issue_date.", "DATE_INVALID", due_date.isoformat())
        )
    return issued, due_date
