"""Retention of events, by the real time of recording: a test clock neither ends an event nor keeps it."""

from datetime import datetime

from invoicing.domain.calendar import months_after

OF_THE_BOOKS = frozenset({"credit_note", "credit_payout", "invoice", "payment"})
"""The resources whose events are kept as long as they are: invoices, and all that makes ledger entries."""


def event_ends(name: str, recorded_at: datetime, months: int) -> datetime | None:
    """Return when an event of a type expires, ``months`` after its recording; None if it is kept."""
    return None if name.partition(".")[0] in OF_THE_BOOKS else months_after(recorded_at, months)
