"""The summary of a period: what happened in it, and what is owed before and after it."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction

from invoicing.dataclass import dataclass
from invoicing.domain.reports.ageing import AgeingRow, ageing_rows
from invoicing.domain.reports.figures import Flows, Money, Row, Sums, flows_of, sums_by_currency
from invoicing.domain.reports.totals import DayTotal


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What happened in a period of ``days`` days, and the ageing before it and at its end, in one currency.

    ``drafts`` is what is drafted today, which is part of nothing else; None where amounts are converted or have no
    rate: a draft gets its rate when it is issued.
    """

    flows: Flows
    opening: AgeingRow
    closing: AgeingRow
    days: int
    drafts: Money | None = None

    @property
    def row(self) -> Row:
        """Whose amounts they are."""
        return self.flows.row

    @property
    def days_sales_outstanding(self) -> Fraction | None:
        """What is owed at the end ÷ what was invoiced less credited, × days; None where that is not above 0."""
        invoiced = self.flows.revenue.gross
        return Fraction(self.closing.net * self.days, invoiced) if invoiced > 0 else None

    @property
    def collection_rate(self) -> Fraction | None:
        """What was collected ÷ what was owed before and invoiced less credited; None where that is not above 0."""
        collectable = self.opening.net + self.flows.revenue.gross
        return Fraction(self.flows.collected, collectable) if collectable > 0 else None


def summary_of(
    days: Sequence[DayTotal], start: date, end: date, base: str, drafts: Mapping[str, tuple[int, int]]
) -> list[Summary]:
    """Return the summary in each currency, of all converted to ``base``, and of what has no rate.

    ``days`` are all until ``end``, ``drafts`` number and sum by currency.
    """
    currencies: dict[str, Sums] = {currency: {} for currency in sorted({*drafts, *(day.currency for day in days)})}
    sums = currencies | sums_by_currency(day for day in days if start <= day.day <= end)
    before = {} if start == date.min else _by_row(ageing_rows(days, start - timedelta(days=1), base))
    after = _by_row(ageing_rows(days, end, base))
    flows = {each.row: each for each in flows_of(sums, base)}
    return [
        Summary(
            flows=flows.get(row, Flows(row=row)),
            opening=before.get(row, AgeingRow(row=row)),
            closing=after.get(row, AgeingRow(row=row)),
            days=(end - start).days + 1,
            drafts=None if row.conversion else Money(*drafts.get(row.currency, ())),
        )
        for row in sorted({*flows, *before, *after}, key=lambda row: row.place)
    ]


def _by_row(found: list[AgeingRow]) -> dict[Row, AgeingRow]:
    return {each.row: each for each in found}
