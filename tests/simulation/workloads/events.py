"""Clients that follow the event log: each keeps its place and what it got together, so it may crash at any time."""

from tests.simulation.client import Clerk


def follow_events(clerk: Clerk) -> None:
    """Look several times, as somebody who waits for something to happen."""
    for _ in range(clerk.random.randint(1, 6)):
        _next_page(clerk, clerk.random.randint(2, 9))
        clerk.wait(clerk.random.choice((0, 0.5, 3)))


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


STEPS = (*(follow_events,) * 3, get_event)
LAST_STEPS = (follow_to_the_end,)
