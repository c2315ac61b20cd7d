"""Due work: what has to happen at an instant, and where it stands among other work of that instant."""

from dataclasses import dataclass  # noqa: TID251 - what is due is ordered
from datetime import datetime, timedelta
from enum import IntEnum

from invoicing.domain.errors import InvoicingError

FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=5), timedelta(days=1)
"""The pause after the first failed attempt at due work, which doubles with each, and the longest."""


class Work(IntEnum):
    """The kinds of due work, in the order in which they happen at one instant.

    An invoice that falls due and is reminded of at the same instant is overdue first, so that the reminder says so.
    The e-mail of a customer is made after all looks at its invoices, and a notice to the account after all that may
    fail.
    """

    OVERDUE = 1
    OCCURRENCE = 2
    SCHEDULED_SEND = 3
    LATE_FEE = 4
    REMINDER = 5
    REMINDER_EMAIL = 6
    CHANGE = 7
    NOTICE = 8
    JOB = 9


@dataclass(frozen=True, slots=True, order=True)
class DueWork:
    """The next work of an entity; ``at`` is the instant from which it may be done."""

    at: datetime
    work: Work


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """Why the latest attempt at due work failed: the error that a request would have been answered with."""

    code: str
    message: str


def failure_of(error: InvoicingError) -> Failure:
    """Return the failure of an attempt that ended with an error."""
    code = error.details[0].code if error.code == "VALIDATION_FAILED" and error.details else error.code
    return Failure(code=code, message=str(error))


def pause_after(attempts: int) -> timedelta:
    """Return how long to wait after so many failed attempts."""
    doubled: int = 2 ** min(attempts - 1, 16)
    return min(FIRST_PAUSE * doubled, LONGEST_PAUSE)


@dataclass(frozen=True, slots=True)
class Done:
    """Work that was done, or put off, and what the entity waits for next; None where that is nothing.

    It is put off after an error, or where a look found that nothing is to be made.
    """

    work: Work
    next: DueWork | None
    is_put_off: bool = False


@dataclass(frozen=True, slots=True, order=True)
class DueEntry:
    """An entity with due work as the index knows it: a hint, since the entity itself decides what there is to do.

    Entries sort in the order in which work happens: by instant, by work, by id. ``kind`` is the name of its class.
    """

    at: datetime
    work: Work
    id: str
    kind: str
    account: str
