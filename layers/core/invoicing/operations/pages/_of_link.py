"""Reading by links without a key: a link names its account, whose test clock is read with what it leads to."""

from dataclasses import replace
from typing import Any

from invoicing.domain.access.caller import split_partition
from invoicing.domain.test_clocks.reading import TEST_CLOCK
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def unit_of_work_of(uow: UnitOfWork, account: str, *entities: tuple[type[Any], str]) -> UnitOfWork:
    """Return the unit of work of an account with some of its entities prefetched, in one request."""
    own = replace(uow, account=account)
    if split_partition(account)[1] == "live":
        own.prefetch(*entities)
        return own
    from invoicing.domain.test_clocks.test_clock import TestClock  # noqa: PLC0415

    own.prefetch(*entities, (TestClock, TEST_CLOCK))
    clock = own.find(TestClock, TEST_CLOCK)
    return replace(own, clock=clock.reading if clock else None)
