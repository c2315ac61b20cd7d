"""Advance the test clock of an account: what is due on the way happens."""

from datetime import datetime

from invoicing.domain.calendar import instant_text
from invoicing.domain.errors import Detail, ValidationFailed
from invoicing.domain.parties.account import Account
from invoicing.domain.test_clocks.conflicts import clock_moved
from invoicing.domain.test_clocks.period import LONGEST_ADVANCE, Period, after
from invoicing.domain.test_clocks.reading import TEST_CLOCK
from invoicing.domain.test_clocks.test_clock import LATEST, ClockStatus, TestClock, advancing
from invoicing.operations.account._own_account import PROFILE
from invoicing.operations.test_clock._keys import save_with_keys
from invoicing.operations.test_clock._own_clock import own_clock
from invoicing.operations.unit_of_work.ports import ApiKeys
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def advance_test_clock(uow: UnitOfWork, keys: ApiKeys, to: datetime | Period) -> TestClock:
    """Return the clock on its way; `invoicing.operations.test_clock._advance.Advance` then does what is due.

    A period is added to the local time of the account. `ValidationFailed` ``ADVANCE_INVALID`` unless the clock moves
    forward, and by two years at most; `Conflict` ``TEST_CLOCK_ADVANCING``, `NotFound` ``TEST_CLOCK_NOT_FOUND``,
    `PermissionDenied` ``TEST_MODE_REQUIRED``.
    """
    uow.prefetch((TestClock, TEST_CLOCK), (Account, PROFILE))
    clock = own_clock(uow)
    if clock.status is ClockStatus.ADVANCING:
        raise clock_moved()
    target = _target(clock.now, to, uow.get(Account, PROFILE).time_zone)
    return save_with_keys(uow, keys, advancing(clock, target, uow.real_now))


def _target(now: datetime, to: datetime | Period, time_zone: str) -> datetime:
    field = "by" if isinstance(to, Period) else "to"
    target = after(now, to, time_zone) if isinstance(to, Period) else to
    latest = after(now, LONGEST_ADVANCE, time_zone)
    if target is None or latest is None or target > latest:
        raise _invalid(field, "must move the clock by at most two years")
    if target >= LATEST:
        raise _invalid(field, f"must not move the clock beyond the year {LATEST.year - 1}")
    if target <= now:
        raise _invalid(field, f"must move the clock forward; it shows {instant_text(now)}")
    return target


def _invalid(field: str, message: str) -> ValidationFailed:
    return ValidationFailed(Detail(field, f"{field} {message}.", "ADVANCE_INVALID"))
