"""Clients that follow the event log: each event once, in one order, whatever crashes and however slow others are."""

from itertools import pairwise

from tests.simulation.simulation import Simulation


def a_follower_gets_each_event_once(simulation: Simulation) -> None:
    for clerk in simulation.clerks:
        ascending = all(before < after for before, after in pairwise(clerk.followed))
        assert ascending, (clerk.name, clerk.followed)


def a_follower_misses_nothing(simulation: Simulation) -> None:
    for clerk in simulation.clerks:
        recorded = sorted(event_id for account, event_id in simulation.store.events if account == clerk.company.account)
        missed = set(recorded) - set(clerk.followed)
        assert clerk.followed == recorded, (clerk.name, sorted(missed))


ALWAYS = (a_follower_gets_each_event_once,)
AT_REST = (a_follower_misses_nothing,)
