"""The test clock of the caller's account."""

from datetime import datetime

from invoicing.dataclass import dataclass
from invoicing.domain.access.caller import split_partition
from invoicing.domain.errors import NotFound, PermissionDenied
from invoicing.domain.test_clocks.reading import TEST_CLOCK
from invoicing.domain.test_clocks.test_clock import TestClock
from invoicing.operations.events._event_page import BEFORE_ALL, BEHIND_ALL
from invoicing.operations.unit_of_work.ports import ApiKeys, DueWorkIndex, EventLog
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockPorts:
    """What the use cases of test clocks need from outside."""

    keys: ApiKeys
    due_work: DueWorkIndex
    events: EventLog


def find_own_clock(uow: UnitOfWork) -> TestClock | None:
    """Return the clock, also one that was deleted; `PermissionDenied` ``TEST_MODE_REQUIRED`` in live mode."""
    if split_partition(uow.account)[1] == "live":
        message = "Only test mode has a test clock: use an API key that begins with sk_test_."
        raise PermissionDenied("TEST_MODE_REQUIRED", message)
    return uow.find(TestClock, TEST_CLOCK)


def own_clock(uow: UnitOfWork) -> TestClock:
    """Return the clock; `PermissionDenied` in live mode, `NotFound` ``TEST_CLOCK_NOT_FOUND`` without one."""
    clock = find_own_clock(uow)
    if clock is None or not clock.exists:
        message = "There is no test clock: test mode uses real time. Create a clock with PUT /test-clock."
        raise NotFound("TEST_CLOCK_NOT_FOUND", message)
    return clock


def newest_event(events: EventLog, account: str) -> datetime | None:
    """Return the instant of the event that was recorded last, None where there is none; one request."""
    newest = events.between(account, BEFORE_ALL, BEHIND_ALL, newest_first=True, resource_id=None, at_a_time=1)
    return next((event.occurred_at for event in newest), None)
