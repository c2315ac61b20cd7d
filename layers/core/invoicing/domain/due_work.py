"""Due work: what has to happen at an instant, and where it stands among other work of that instant."""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum


class Work(IntEnum):
    """The kinds of due work, in the order in which they happen at one instant.

    An invoice that falls due and is reminded of at the same instant is overdue first, so that the reminder says so.
    """

    OVERDUE = 1
    OCCURRENCE = 2
    SCHEDULED_SEND = 3
    LATE_FEE = 4
    REMINDER = 5
    JOB = 9


@dataclass(frozen=True, slots=True, order=True)
class DueWork:
    """The next work of an entity; ``at`` is the instant from which it may be done."""

    at: datetime
    work: Work


@dataclass(frozen=True, slots=True)
class Done:
    """Work that was done, and what the entity waits for next; None where that is nothing."""

    work: Work
    next: DueWork | None


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
