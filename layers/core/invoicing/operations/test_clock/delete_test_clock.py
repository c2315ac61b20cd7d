"""Delete the test clock of an account, whose test mode has real time again."""

from invoicing.domain.test_clocks.conflicts import clock_moved
from invoicing.domain.test_clocks.test_clock import ClockStatus, deleted, newest_of
from invoicing.operations.test_clock._keys import save_with_keys
from invoicing.operations.test_clock._own_clock import newest_event, own_clock
from invoicing.operations.unit_of_work.ports import ApiKeys, EventLog
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def delete_test_clock(uow: UnitOfWork, keys: ApiKeys, events: EventLog) -> None:
    """Leave all data as they are; what waits for the clock is made to wait for real time by the next ticks.

    `NotFound` ``TEST_CLOCK_NOT_FOUND``, `PermissionDenied` ``TEST_MODE_REQUIRED``, `Conflict` ``TEST_CLOCK_ADVANCING``.
    """
    clock = own_clock(uow)
    if clock.status is ClockStatus.ADVANCING:
        raise clock_moved()
    newest = newest_of(clock, newest_event(events, uow.account))
    save_with_keys(uow, keys, deleted(clock, newest, uow.real_now))
