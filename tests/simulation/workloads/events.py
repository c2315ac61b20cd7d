"""Clients that follow the event log: each keeps its place and what it got together, so it may crash at any time."""

from functools import partial

from tests.simulation.client import Clerk
from tests.simulation.workloads.customers import create_customer


def follow_events(clerk: Clerk) -> None:
    """Look several times, as somebody who waits for something to happen."""
    for _ in range(clerk.random.randint(1, 6)):
        _next_page(clerk, clerk.random.randint(2, 9))
        clerk.wait(clerk.random.choice((0, 0.5, 3)))


def follow_what_is_written(clerk: Clerk) -> None:
    """Look all the time while others write at the same time."""
    for _ in range(3):
        colleague = Clerk(clerk.simulation, clerk.new_key(), clerk.company)
        clerk.simulation.world.start(colleague.name, partial(create_customer, colleague))
    for _ in range(8):
        _next_page(clerk, 50)
        clerk.wait(0.5)


def get_event(clerk: Clerk) -> None:
    if clerk.followed:
        clerk.send("events/get_event", event_id=clerk.random.choice(clerk.followed))


def follow_to_the_end(clerk: Clerk) -> None:
    while _next_page(clerk, 50):
        pass


def _next_page(clerk: Clerk, most: int) -> bool:
    """Get a page; return whether more follows. Where none does, it had all that was there when it was asked for."""
    there = {event_id for account, event_id in clerk.simulation.store.events if account == clerk.company.account}
    answer = clerk.send("events/list_events", query=f"?after={clerk.cursor}&limit={most}")
    if answer is None or answer.status != 200:
        return False
    clerk.followed += [event["id"] for event in answer.data]
    clerk.cursor = answer.json["meta"]["next_cursor"]
    has_more = bool(answer.json["meta"]["has_more"])
    if not has_more and not there.issubset(clerk.followed):
        clerk.simulation.errors.append(f"{clerk.name} missed {there.difference(clerk.followed)}")
    return has_more


STEPS = (*(follow_events,) * 2, *(follow_what_is_written,) * 2, get_event)
LAST_STEPS = (follow_to_the_end,)
