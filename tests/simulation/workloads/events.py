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
    """Get a page; return whether more follows."""
    answer = clerk.send("events/list_events", query=f"?after={clerk.cursor}&limit={most}")
    if answer is None or answer.status != 200:
        return False
    clerk.followed += [event["id"] for event in answer.data]
    clerk.cursor = answer.json["meta"]["next_cursor"]
    return bool(answer.json["meta"]["has_more"])


STEPS = (*(follow_events,) * 3, get_event)
LAST_STEPS = (follow_to_the_end,)
