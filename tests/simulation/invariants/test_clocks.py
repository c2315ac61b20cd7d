"""Test clocks: under a clock, its time is the only one, and only an advance does what is due."""

from datetime import timedelta
from typing import Any

from invoicing.domain.test_clocks.test_clock import ClockStatus
from tests.fake_due_work import FakeDueWork
from tests.simulation.simulation import END, LONGEST_FUNCTION, Recorded, Simulation

MOMENT = timedelta(seconds=1)
"""Longer than the clocks of processes differ."""


def events_have_the_time_of_the_clock(simulation: Simulation) -> None:
    """Except for those of requests and ticks that were under way when the clock was set."""
    for recorded in simulation.recorded:
        _, now = _clocks(simulation, recorded)
        if now is None or (recorded.event.occurred_at != now.now and _began_without_clock(simulation, recorded)):
            early = recorded.at - recorded.event.occurred_at
            assert -MOMENT < early < LONGEST_FUNCTION, recorded
        else:
            assert recorded.event.occurred_at == now.now, (recorded, now)


def ticks_leave_an_account_with_a_clock_alone(simulation: Simulation) -> None:
    """Except for the job of a change of its time zone."""
    for recorded in simulation.recorded:
        if len(simulation.time_zones[recorded.event.account]) > 1:
            continue
        before, _ = _clocks(simulation, recorded)
        if recorded.event.actor.type == "schedule" and before and not _began_without_clock(simulation, recorded):
            assert before.status is ClockStatus.ADVANCING, (recorded, before)


def nothing_waits_for_a_clock_that_was_deleted(simulation: Simulation) -> None:
    for company in simulation.companies:
        if simulation.clock_of(company.account) is None:
            assert FakeDueWork(simulation.store).of_clock(company.account, END, 100) == []


def _clocks(simulation: Simulation, recorded: Recorded) -> tuple[Any, Any]:
    """The clock before and after the transaction of an event."""
    clocks = simulation.clocks_of(recorded.event.account, recorded.at, recorded.at)
    return clocks[0], clocks[-1]


def _began_without_clock(simulation: Simulation, recorded: Recorded) -> bool:
    return None in simulation.clocks_of(recorded.event.account, recorded.at - LONGEST_FUNCTION, recorded.at)


ALWAYS = (events_have_the_time_of_the_clock, ticks_leave_an_account_with_a_clock_alone)
AT_REST = (nothing_waits_for_a_clock_that_was_deleted,)
