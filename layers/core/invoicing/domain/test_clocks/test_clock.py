"""The test clock of an account."""

from collections.abc import Mapping
from dataclasses import field, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import ClassVar

from invoicing.dataclass import dataclass
from invoicing.domain.calendar import instant_text
from invoicing.domain.due_work import DueWork, Work
from invoicing.domain.errors import Conflict
from invoicing.domain.test_clocks.reading import TEST_CLOCK, ClockReading

EARLIEST, LATEST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
"""The instants that a test clock can show, the last one excluded."""

LEASE = timedelta(seconds=30)
"""How long, in real time, nothing is heard of whoever advances a clock before another goes on: longer than a step."""

DONE: Mapping[Work, str] = {
    Work.OVERDUE: "overdue",
    Work.OCCURRENCE: "occurrences",
    Work.SCHEDULED_SEND: "scheduled_sends",
    Work.LATE_FEE: "late_fees",
    Work.REMINDER_EMAIL: "reminders",
}
"""The names by which an advance counts what it does; work that only leads to other work is not counted."""


class ClockStatus(StrEnum):
    """The state of a test clock; of a ``deleted`` one only the version is kept, and what its account's data say."""

    READY = "ready"
    ADVANCING = "advancing"
    FAILED = "failed"
    DELETED = "deleted"


@dataclass(frozen=True, slots=True, kw_only=True)
class TestClock:
    """Frozen time of an account's test mode: ``now``, until it is advanced to ``target``, doing what is due on the way.

    ``done`` counts the due work of the current or latest advance by kind. ``last_error`` says why it failed.
    ``newest_data`` is the latest instant in data that an earlier clock left behind. ``works_until`` is the instant of
    the real clock at which whoever works for this one, at an advance or after its end, is taken to be gone.
    ``mails`` are the ids of deliveries that an advance has ordered, and waits for before it is ready.
    """

    __test__: ClassVar[bool] = False  # for pytest, which takes the name for that of a test

    account: str
    id: str = TEST_CLOCK
    version: int = 0
    now: datetime
    status: ClockStatus = ClockStatus.READY
    target: datetime | None = None
    done: Mapping[str, int] = field(default_factory=dict)
    last_error: str | None = None
    newest_data: datetime | None = None
    works_until: datetime | None = None
    mails: tuple[str, ...] = ()

    @property
    def exists(self) -> bool:
        """Whether it was not deleted."""
        return self.status is not ClockStatus.DELETED

    @property
    def reading(self) -> ClockReading | None:
        """What is copied to the account's API keys; None once it is deleted."""
        is_advancing = self.status is ClockStatus.ADVANCING
        return ClockReading(self.now, self.version, is_advancing) if self.exists else None


def due_work_of(clock: TestClock) -> DueWork | None:
    """Return the work that waits for a tick, in real time: what whoever worked at it left undone."""
    return None if clock.works_until is None else DueWork(clock.works_until, Work.JOB)


def newest_of(clock: TestClock | None, newest_event: datetime | None) -> datetime | None:
    """Return the latest instant in an account's data, None where it has none.

    The newest event has it, except for what an earlier clock left behind: time went back when that one was deleted.
    """
    left = clock.newest_data if clock else None
    return max(filter(None, (left, newest_event)), default=None)


def set_to(clock: TestClock | None, account: str, now: datetime, newest: datetime | None) -> TestClock:
    """Return the clock frozen at ``now``; `Conflict` ``TEST_CLOCK_BEFORE_DATA`` before the ``newest`` data."""
    if newest is not None and instant_text(now) < instant_text(newest):
        message = f"This account's test mode has data of {instant_text(newest)}: now must not be earlier."
        raise Conflict("TEST_CLOCK_BEFORE_DATA", message)
    version = clock.version if clock else 0
    return TestClock(account=account, version=version, now=now, newest_data=newest)


def deleted(clock: TestClock, newest: datetime | None, real_now: datetime) -> TestClock:
    """Return what is left of a clock: its account's due work is still to be released to real time."""
    return replace(clock, status=ClockStatus.DELETED, newest_data=newest, works_until=real_now)


def advancing(clock: TestClock, target: datetime, real_now: datetime) -> TestClock:
    """Return a clock that begins to advance; whoever asked for it works on it first."""
    return replace(
        clock,
        status=ClockStatus.ADVANCING,
        target=target,
        done={},
        last_error=None,
        works_until=real_now + LEASE,
    )


def stepped(
    clock: TestClock, now: datetime, work: Work | None, real_now: datetime, mails: tuple[str, ...] = ()
) -> TestClock:
    """Return an advancing clock after a step at ``now``, which did ``work``, or put some off where that is None."""
    done = dict(clock.done)
    if work is not None and work in DONE:
        done[DONE[work]] = done.get(DONE[work], 0) + 1
    return replace(clock, now=now, done=done, works_until=real_now + LEASE, mails=(*clock.mails, *mails))


def left(clock: TestClock, real_now: datetime) -> TestClock:
    """Return an advancing clock that nobody works on, whoever reads the real clock, and however exact theirs is."""
    return replace(clock, works_until=real_now - LEASE)


def arrived(clock: TestClock) -> TestClock:
    """Return a clock that has advanced to its target."""
    now = clock.target or clock.now
    return replace(clock, now=now, status=ClockStatus.READY, target=None, works_until=None, mails=())


def failed(clock: TestClock, error: str) -> TestClock:
    """Return a clock whose advance ended where it is, because its next step is impossible."""
    return replace(clock, status=ClockStatus.FAILED, last_error=error, works_until=None, mails=())
