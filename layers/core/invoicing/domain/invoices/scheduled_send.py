"""Scheduled sends: an invoice that is sent at a later time."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from invoicing.dataclass import dataclass
from invoicing.domain.calendar import instant_text, local_instant
from invoicing.domain.due_work import Failure, failure_of, pause_after
from invoicing.domain.errors import Detail, InvoicingError, ValidationFailed

LONGEST_WAIT = timedelta(days=731)
"""The furthest ahead that a send is scheduled: two years, with a leap day."""

MOST_ATTEMPTS = 15
"""With these pauses the last attempt is 6 days, 18 hours and 35 minutes after the first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduledSend:
    """A send that an invoice waits for; ``at`` is its instant.

    ``local`` is the civil time, as ``YYYY-MM-DDTHH:MM``, that ``at`` follows from in the account's time zone, None
    where the client gave an instant. ``send_email`` is False for an invoice that is only marked as sent; the other
    fields are those of the e-mail, None where they default. ``page_url`` is the address of hosted pages, which only
    requests know. ``attempts`` failed so far, the last with ``failure``; the next is at ``retry_at``, None when there
    is none.
    """

    at: datetime
    local: str | None = None
    send_email: bool = True
    to: tuple[str, ...] | None = None
    cc: tuple[str, ...] | None = None
    bcc: tuple[str, ...] = ()
    subject: str | None = None
    message: str | None = None
    page_url: str
    attempts: int = 0
    retry_at: datetime | None = None
    failure: Failure | None = None

    @property
    def due_at(self) -> datetime | None:
        """When it is attempted next, None when it has failed too often."""
        return self.retry_at if self.attempts else self.at


def time_of_send(given: datetime, time_zone: str, now: datetime) -> tuple[datetime, str | None]:
    """Return the instant of a scheduled send, to the millisecond, and its civil time, None where there is none.

    ``given`` without an offset is a civil time in the account's time zone (`local_instant`). `ValidationFailed`
    ``SEND_AT_INVALID`` unless it is in the future, and at most `LONGEST_WAIT` ahead.
    """
    local = given.isoformat(timespec="minutes") if given.tzinfo is None else None
    try:
        at = given.astimezone(UTC) if local is None else local_instant(given.date(), given.time(), time_zone)
    except OverflowError:  # in the year 1 or 9999
        at = given.replace(tzinfo=UTC)
    at = at.replace(microsecond=at.microsecond // 1000 * 1000)
    if at <= now:
        raise _invalid(f"send_at must be in the future; it is {instant_text(now)} now.", given)
    if at > now + LONGEST_WAIT:
        raise _invalid("send_at must be at most two years ahead.", given)
    return at, local


def send_in_time_zone(send: ScheduledSend, time_zone: str) -> ScheduledSend:
    """Return the send at the instant that its civil time has in a time zone.

    One without a civil time stays, and so does one that failed: it waits for its next attempt, whose time is not a
    client's.
    """
    if send.local is None or send.attempts:
        return send
    local = datetime.fromisoformat(send.local)
    at = local_instant(local.date(), local.time(), time_zone)
    return send if at == send.at else replace(send, at=at)


def after_failure(send: ScheduledSend, error: InvoicingError, now: datetime) -> ScheduledSend:
    """Return the send after one more attempt that failed, with the time of the next."""
    attempts = send.attempts + 1
    return replace(
        send,
        attempts=attempts,
        retry_at=now + pause_after(attempts) if attempts < MOST_ATTEMPTS else None,
        failure=failure_of(error),
    )


def _invalid(message: str, given: datetime) -> ValidationFailed:
    shown = given.isoformat(timespec="minutes" if given.tzinfo is None else "auto")
    return ValidationFailed(Detail("send_at", message, "SEND_AT_INVALID", shown))
