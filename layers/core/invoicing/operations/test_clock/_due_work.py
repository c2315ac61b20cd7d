"""What ticks do for test clocks, in real time."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from itertools import islice
from typing import TYPE_CHECKING

from invoicing.domain.due_work import Work
from invoicing.domain.test_clocks.reading import TEST_CLOCK
from invoicing.domain.test_clocks.test_clock import LATEST, ClockStatus, TestClock
from invoicing.operations.unit_of_work.change_set import ChangeSet
from invoicing.operations.unit_of_work.ports import DueWorkIndex
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork, run_use_case

if TYPE_CHECKING:
    from invoicing.operations.test_clock._advance import Advance

AT_A_TIME, MOST_TIMES = 500, 8
"""Entries that are released together, and how often in one run: an entry is one request."""

SETTLED_AFTER = timedelta(minutes=1)
"""Longer than the index of due work is behind, and than any request lasts that had read the clock."""


def run_job(
    start: Callable[[ChangeSet], UnitOfWork], index: DueWorkIndex, advance: "Advance | None", *__: object
) -> list[Work]:
    """Go on with an advance that was left, or release the due work of a deleted clock to real time.

    Return what was done: a slice of an advance, or the end of the release. What is not released yet, or was written a
    moment before the clock was deleted, is left to the next tick.
    """
    uow = start(ChangeSet())
    if advance and advance.take_over(uow):
        return [Work.JOB]
    clock = uow.find(TestClock, TEST_CLOCK)
    if clock is None or clock.status is not ClockStatus.DELETED or clock.works_until is None:
        return []
    for _ in range(MOST_TIMES):
        entries = list(islice(index.of_clock(clock.account, LATEST), AT_A_TIME))
        for entry in entries:
            index.move(entry, to_clock=False)
        if not entries:
            break
    else:
        return []
    if uow.real_now < clock.works_until + SETTLED_AFTER:
        return []
    return run_use_case(start, lambda attempt: _end(attempt, clock))


def _end(uow: UnitOfWork, clock: TestClock) -> list[Work]:
    if uow.find(TestClock, TEST_CLOCK) != clock:
        return []
    uow.changes.save(replace(clock, version=clock.version + 1, works_until=None))
    return [Work.JOB]
