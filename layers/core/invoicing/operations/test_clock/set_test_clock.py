"""Set the test clock of an account, which freezes the time of its test mode."""

from datetime import datetime

from invoicing.domain.errors import Conflict
from invoicing.domain.test_clocks.conflicts import clock_moved
from invoicing.domain.test_clocks.test_clock import ClockStatus, TestClock, newest_of, set_to
from invoicing.operations.test_clock._agenda import agenda_of
from invoicing.operations.test_clock._keys import save_with_keys
from invoicing.operations.test_clock._own_clock import ClockPorts, find_own_clock, newest_event
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def set_test_clock(uow: UnitOfWork, ports: ClockPorts, now: datetime) -> tuple[TestClock, bool]:
    """Return the clock, frozen at ``now``, and whether it is a new one.

    `Conflict` ``TEST_CLOCK_BEFORE_DATA`` when data of the account are later, ``TEST_CLOCK_WORK_DUE`` when an existing
    clock would pass over due work, ``TEST_CLOCK_ADVANCING``; `PermissionDenied` ``TEST_MODE_REQUIRED``.
    """
    known = find_own_clock(uow)
    if known and known.status is ClockStatus.ADVANCING:
        raise clock_moved()
    newest = newest_of(known, newest_event(ports.events, uow.account))
    clock = set_to(known, uow.account, now, newest)
    is_new = known is None or not known.exists
    if known and not is_new and now > known.now and agenda_of(uow, ports, now).next_entry():
        message = "Something is due by then. Use POST /test-clock/advance, which does what is due on the way."
        raise Conflict("TEST_CLOCK_WORK_DUE", message)
    return save_with_keys(uow, ports.keys, clock), is_new
