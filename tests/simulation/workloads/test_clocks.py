"""Test clocks: set, set again, advanced, deleted."""

from datetime import timedelta

from tests.simulation.client import Clerk


def set_test_clock(clerk: Clerk) -> None:
    if _has_test_mode(clerk):
        now = clerk.now + timedelta(days=clerk.random.choice((0, 0, 0.1, 3))) * clerk.random.random()
        clerk.send("test_clock/set_test_clock", {"now": now.isoformat()})


def delete_test_clock(clerk: Clerk) -> None:
    if _has_test_mode(clerk):
        clerk.send("test_clock/delete_test_clock")


def advance_test_clock(clerk: Clerk) -> None:
    """Advance, wait until it is done or the clerk gives up, and at times go on at once."""
    if _has_test_mode(clerk):
        clerk.send("test_clock/advance_test_clock", {"by": clerk.random.choice(("PT1H", "P1D", "P3D", "P40D"))})
        for _ in range(clerk.random.randint(0, 3)):
            clerk.wait(5)
            clerk.send("test_clock/get_test_clock")


def end_with_or_without_clock(clerk: Clerk) -> None:
    step = clerk.random.choice((advance_test_clock, delete_test_clock))
    step(clerk)


def _has_test_mode(clerk: Clerk) -> bool:
    return clerk.company.account.endswith("#test")


STEPS = (*(set_test_clock,) * 3, *(advance_test_clock,) * 3, delete_test_clock)
CLOSING_STEPS = (end_with_or_without_clock,)
