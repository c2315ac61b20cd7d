"""Test clocks: set, set again, deleted."""

from datetime import timedelta

from tests.simulation.client import Clerk


def set_test_clock(clerk: Clerk) -> None:
    if _has_test_mode(clerk):
        now = clerk.now + timedelta(days=clerk.random.choice((0, 0, 0.1, 3))) * clerk.random.random()
        clerk.send("test_clock/set_test_clock", {"now": now.isoformat()})


def delete_test_clock(clerk: Clerk) -> None:
    if _has_test_mode(clerk):
        clerk.send("test_clock/delete_test_clock")


def _has_test_mode(clerk: Clerk) -> bool:
    return clerk.company.account.endswith("#test")


STEPS = (*(set_test_clock,) * 3, delete_test_clock)
CLOSING_STEPS = (delete_test_clock,)
