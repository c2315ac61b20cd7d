"""Carry a customer's balance forward over the ledger entries recorded since."""

from datetime import datetime, timedelta

from invoicing.domain.ledger.carried_balance import carried_forward
from invoicing.operations.ledger._carried_balance import carried_balance
from invoicing.operations.unit_of_work.ports import Ledger
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork

SETTLED_AFTER = timedelta(minutes=10)
"""Older entries are all there: an entry has its id from an attempt to commit, and no function works for half as long."""

FEWEST_ENTRIES = 100
"""Fewer entries are left for a later time: reading them costs less than writing the balance each time."""

MOST_ENTRIES = 2_000
"""The most entries of one step, about one megabyte."""


def carry_balance(uow: UnitOfWork, customer_id: str, ledger: Ledger, now: datetime) -> int:
    """Add the oldest entries since, at most `MOST_ENTRIES`, and return how many; 0 for fewer than `FEWEST_ENTRIES`.

    ``now`` is of the real clock, by which entries have their ids. Three reads and one write, which is conditional on
    the balance as it was read: so each entry is added once.
    """
    carried = carried_balance(uow, customer_id)
    entries = ledger.entries(
        uow.account,
        customer_id,
        recorded_after=carried.recorded_until,
        recorded_before=now - SETTLED_AFTER,
        most=MOST_ENTRIES,
    )
    if len(entries) < FEWEST_ENTRIES:
        return 0
    uow.changes.save(carried_forward(carried, entries))
    return len(entries)
