"""The account: its time zone, its locked books, and the audit of its numbers."""

from datetime import timedelta

from tests.simulation.client import TIME_ZONES, Clerk


def change_time_zone(clerk: Clerk) -> None:
    clerk.send("account/update_account", {"time_zone": clerk.random.choice(TIME_ZONES)})


def lock_books(clerk: Clerk) -> None:
    """Up to yesterday, or today, or not at all: what is due today cannot be booked before tomorrow."""
    days = clerk.random.choice((None, 1, 1, 0))
    until = None if days is None else (clerk.now.astimezone(clerk.time_zone).date() - timedelta(days=days)).isoformat()
    clerk.send("account/update_account", {"books_locked_until": until})


def audit_numbering(clerk: Clerk) -> None:
    if audited := clerk.send("account/audit_numbering"):
        clerk.simulation.audits.append(audited.data)


STEPS = (change_time_zone, lock_books)
LAST_STEPS = (audit_numbering,)
