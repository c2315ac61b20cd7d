"""Money of a period by payment method."""

from collections.abc import Iterable
from typing import NamedTuple

from invoicing.domain.reports.figures import METHOD, PAID_OUT, PAYMENTS, REFUNDS, REVERSALS, Money, Row, by_row
from invoicing.domain.reports.totals import DayTotal


class MethodRow(NamedTuple):
    """Money that came and went by one method, in minor units."""

    row: Row
    method: str
    payments: Money
    refunds: Money
    reversals: Money
    credit_paid_out: Money

    @property
    def net(self) -> int:
        """What came less what went."""
        went = self.refunds.amount + self.reversals.amount + self.credit_paid_out.amount
        return self.payments.amount - went


def methods_of(days: Iterable[DayTotal], base: str) -> list[MethodRow]:
    """Return the money by method in each currency, of all converted to ``base``, and of what has no rate."""
    return [
        MethodRow(
            row,
            method,
            *(Money(*figures.get((method, name), ())) for name in (PAYMENTS, REFUNDS, REVERSALS, PAID_OUT)),
        )
        for row, figures in by_row(days, METHOD, 2, base).items()
        for method in sorted({method for method, _ in figures})
    ]
