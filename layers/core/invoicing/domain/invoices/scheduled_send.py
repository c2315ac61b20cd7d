"""Scheduled sends: an invoice that is sent at a later time."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduledSend:
    """A send that an invoice waits for; ``at`` is its instant.

    ``local`` is the civil time, as ``YYYY-MM-DDTHH:MM``, that ``at`` follows from in the account's time zone, None
    where the client gave an instant. ``send_email`` is False for an invoice that is only marked as sent; the other
    fields are those of the e-mail, None where they default. ``page_url`` is the address of hosted pages, which only
    requests know. ``attempts`` failed so far, the last with the error ``failure``.
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
    failure: str | None = None
