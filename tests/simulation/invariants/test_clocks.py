"""Test clocks: under a clock, its time is the only one, and only an advance does what is due."""

from datetime import timedelta
from itertools import chain, pairwise
from typing import Any

from invoicing.domain.test_clocks.test_clock import ClockStatus
from tests.fake_due_work import FakeDueWork
from tests.simulation.simulation import END, LONGEST_FUNCTION, Recorded, Simulation

MOMENT = timedelta(seconds=1)
"""Longer than the clocks of processes differ."""


def events_have_the_time_of_the_clock(simulation: Simulation) -> None:
    """Except for those of requests and ticks that were under way when the clock was set."""
    for recorded in simulation.fresh:
        _, now = _clocks(simulation, recorded)
        if now is None or (recorded.event.occurred_at != now.now and _began_without_clock(simulation, recorded)):
            early = recorded.at - recorded.event.occurred_at
            assert -MOMENT < early < LONGEST_FUNCTION, recorded
        else:
            assert recorded.event.occurred_at == now.now, (recorded, now)


def ticks_leave_an_account_with_a_clock_alone(simulation: Simulation) -> None:
    """Except for the job of a change of its time zone."""
    for recorded in simulation.fresh:
        if len(simulation.time_zones[recorded.event.account]) > 1:
            continue
        before, _ = _clocks(simulation, recorded)
        if recorded.event.actor.type == "schedule" and before and not _began_without_clock(simulation, recorded):
            assert before.status is ClockStatus.ADVANCING, (recorded, before)


def an_advance_only_goes_forward(simulation: Simulation) -> None:
    """With the events of its steps, which have its time, it is in the order of time."""
    for states in simulation.clocks.values():
        for before, after in pairwise(state.clock for state in states):
            if before and after and before.status is ClockStatus.ADVANCING:
                assert after.now >= before.now, (before, after)
                assert after.target in {before.target, None}, (before, after)


def what_was_due_is_done_when_the_clock_is_ready(simulation: Simulation) -> None:
    """Unless a request that was under way when the clock was set has written it."""
    index = FakeDueWork(simulation.store)
    for account, states in simulation.clocks.items():
        before, clock = (None, None, *(state.clock for state in states))[-2:]
        is_new = states and states[-1].since == simulation.world.now
        is_advance = before and before.status is ClockStatus.ADVANCING
        if is_new and is_advance and clock and clock.status is ClockStatus.READY:
            left = [*index.of_clock(account, clock.now), *chain.from_iterable(index.outside_clock(account, clock.now))]
            assert left == [] or _was_without_clock(simulation, account), (clock, left)


def every_advance_ends(simulation: Simulation) -> None:
    for company in simulation.companies:
        clock = simulation.clock_of(company.account)
        assert clock is None or clock.status is ClockStatus.READY, clock


def nothing_waits_for_a_clock_that_was_deleted(simulation: Simulation) -> None:
    for company in simulation.companies:
        if simulation.clock_of(company.account) is None:
            assert list(FakeDueWork(simulation.store).of_clock(company.account, END)) == []


def _clocks(simulation: Simulation, recorded: Recorded) -> tuple[Any, Any]:
    """The clock before and after the transaction of an event."""
    clocks = simulation.clocks_of(recorded.event.account, recorded.at, recorded.at)
    return clocks[0], clocks[-1]


def _began_without_clock(simulation: Simulation, recorded: Recorded) -> bool:
    return None in simulation.clocks_of(recorded.event.account, recorded.at - LONGEST_FUNCTION, recorded.at)


def _was_without_clock(simulation: Simulation, account: str) -> bool:
    now = simulation.world.now
    return None in simulation.clocks_of(account, now - LONGEST_FUNCTION, now)


ALWAYS = (
    events_have_the_time_of_the_clock,
    ticks_leave_an_account_with_a_clock_alone,
    an_advance_only_goes_forward,
    what_was_due_is_done_when_the_clock_is_ready,
)
CAUGHT_UP = (every_advance_ends,)
AT_REST = (every_advance_ends, nothing_waits_for_a_clock_that_was_deleted)
