"""Read the test clock."""

from invoicing.domain.test_clocks.test_clock import TestClock
from invoicing.operations.test_clock._own_clock import own_clock
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def get_test_clock(uow: UnitOfWork) -> TestClock:
    """Return the clock; `NotFound` ``TEST_CLOCK_NOT_FOUND``, `PermissionDenied` ``TEST_MODE_REQUIRED``."""
    return own_clock(uow)
