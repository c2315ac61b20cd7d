"""Clients that follow the event log: each event once, in one order, whatever crashes and however slow others are."""

from datetime import timedelta
from itertools import pairwise

from invoicing.identifiers import time_of
from tests.simulation.simulation import Simulation

KEPT = timedelta(days=390)
"""A little less than events are kept for."""


def a_follower_gets_each_event_once(simulation: Simulation) -> None:
    for clerk in simulation.clerks:
        ascending = all(before < after for before, after in pairwise(clerk.followed))
        assert ascending, (clerk.name, clerk.followed)


def a_follower_misses_nothing(simulation: Simulation) -> None:
    """But events that were deleted before they were asked for."""
    kept_from = simulation.world.now - KEPT
    for clerk in simulation.clerks:
        recorded = sorted(event_id for account, event_id in simulation.store.events if account == clerk.company.account)
        missed = [
            event_id for event_id in sorted(set(recorded).difference(clerk.followed)) if time_of(event_id) > kept_from
        ]
        assert not missed, (clerk.name, missed)
        assert set(clerk.followed).issubset(recorded), (clerk.name, clerk.followed)


ALWAYS = (a_follower_gets_each_event_once,)
AT_REST = (a_follower_misses_nothing,)
