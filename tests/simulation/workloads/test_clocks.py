"""Test clocks: set, set again, advanced, deleted."""

from datetime import timedelta

from tests.simulation.client import Clerk
from tests.simulation.workloads.invoices import create_invoice
from tests.simulation.workloads.recurring import create_recurring_invoice
from tests.simulation.workloads.scheduled_sends import schedule_send


def set_test_clock(clerk: Clerk) -> None:
    if _has_test_mode(clerk):
        now = clerk.now + timedelta(days=clerk.random.choice((0, 0, 0.1, 3))) * clerk.random.random()
        clerk.send("test_clock/set_test_clock", {"now": now.isoformat()})


def delete_test_clock(clerk: Clerk) -> None:
    if _has_test_mode(clerk):
        clerk.send("test_clock/delete_test_clock")


def advance_test_clock(clerk: Clerk) -> None:
    """Advance, perhaps over what was written just now, and wait for it, or go on at once."""
    if _has_test_mode(clerk):
        if clerk.simulation.clock_of(clerk.company.account) is None:
            set_test_clock(clerk)
        clerk.random.choice((create_invoice, create_recurring_invoice, schedule_send, get_test_clock))(clerk)
        clerk.send("test_clock/advance_test_clock", {"by": clerk.random.choice(("PT1H", "P1D", "P3D", "P40D"))})
        for _ in range(clerk.random.randint(0, 3)):
            clerk.wait(5)
            get_test_clock(clerk)


def get_test_clock(clerk: Clerk) -> None:
    clerk.send("test_clock/get_test_clock")


def end_with_or_without_clock(clerk: Clerk) -> None:
    step = clerk.random.choice((advance_test_clock, delete_test_clock))
    step(clerk)


def _has_test_mode(clerk: Clerk) -> bool:
    return clerk.company.account.endswith("#test")


STEPS = (*(set_test_clock,) * 3, *(advance_test_clock,) * 3, delete_test_clock)
CLOSING_STEPS = (end_with_or_without_clock,)
