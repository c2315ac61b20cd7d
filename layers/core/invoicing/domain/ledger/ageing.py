"""Ageing: what a customer owes as of a day, by how long it is overdue."""

from collections.abc import Iterable
from datetime import date

from invoicing.dataclass import dataclass
from invoicing.domain.ledger.entry import LedgerEntry
from invoicing.domain.ledger.period_sums import PeriodSums, added

BUCKETS = (("current", 0), ("days_1_30", 30), ("days_31_60", 60), ("days_61_90", 90), ("days_over_90", None))
"""The name of each bucket, and the most days after the due date in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ageing:
    """What is due in one currency, in minor units: ``current`` is not overdue, the others by days since the due date.

    ``unapplied_credit`` is apart: the sum of the buckets less the credit is the balance.
    """

    current: int
    days_1_30: int
    days_31_60: int
    days_61_90: int
    days_over_90: int
    unapplied_credit: int

    @property
    def buckets(self) -> tuple[int, ...]:
        """The amounts due, the longest overdue last."""
        return self.current, self.days_1_30, self.days_31_60, self.days_61_90, self.days_over_90


def ageing_of(
    due: tuple[PeriodSums, ...],
    entries: Iterable[LedgerEntry],
    *,
    recorded_until: str,
    as_of: date,
    credit: int,
) -> Ageing | None:
    """Return the ageing from sums by due date over all entries up to an id; only what is dated ``as_of`` counts.

    ``entries`` are all recorded since, and of those in the sums all dated after ``as_of``, which are taken out again.
    ``credit`` is that of the day. A payment dated before its invoice is credit until the invoice's date. None where
    sums of months that were merged do not tell the buckets apart.
    """
    changes = [
        (item.due_date, sign * item.amount, sign * item.count)
        for entry in entries
        if (sign := (entry.date <= as_of) - (entry.id <= recorded_until))
        for item in entry.open_items
    ]
    buckets = [0] * len(BUCKETS)
    for period in added(due, changes):
        bucket = bucket_of(period.last, as_of)
        if bucket != bucket_of(period.first, as_of):
            return None
        amount, _ = period.sums
        buckets[bucket] += max(amount, 0)
        credit += max(-amount, 0)
    amounts = {name: amount for (name, _), amount in zip(BUCKETS, buckets, strict=True)}
    return Ageing(**amounts, unapplied_credit=credit)


def bucket_of(due_date: date, as_of: date) -> int:
    """Return which of `BUCKETS` an amount is in as of a day."""
    days = (as_of - due_date).days
    return next(bucket for bucket, (_, most) in enumerate(BUCKETS) if most is None or days <= most)
