"""Forecast: what is due in the weeks to come, on invoices that are issued and on those that schedules will make."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from invoicing.domain.calendar import days_after, week_of
from invoicing.domain.recurring.coming_totals import ComingTotals
from invoicing.domain.reports.figures import DUE, Row
from invoicing.domain.reports.periods import periods, week_name
from invoicing.domain.reports.totals import DayTotal

OVERDUE, EARLIER, LATER = "overdue", "earlier", "later"
"""The periods beside the weeks: what was due before today, and what is due before the first week and after the last."""


class DuePeriod(NamedTuple):
    """What is due in a period, in minor units; only weeks have dates."""

    row: Row
    period: str
    start: date | None
    end: date | None
    open: int
    recurring: ComingTotals

    @property
    def total(self) -> int:
        """What comes in if all is paid when it is due."""
        return self.open + self.recurring.amount_payable


class DueWeeks(NamedTuple):
    """The ISO weeks from ``start`` to ``end``, which cut the first and the last; ``start`` is ``today`` or later."""

    today: date
    start: date
    end: date

    def period_of(self, due: date) -> str:
        """Return the name of the period in which something is due."""
        if due < self.today:
            return OVERDUE
        if due < self.start:
            return EARLIER
        return LATER if due > self.end else week_name(due)

    def periods(self) -> Iterator[tuple[str, date | None, date | None]]:
        """Yield the name, start and end of all periods in order; `EARLIER` where the weeks begin after today."""
        yield OVERDUE, None, None
        if self.start > self.today:
            yield EARLIER, None, None
        yield from periods(self.start, self.end, "week")
        yield LATER, None, None


def last_day(start: date, weeks: int) -> date:
    """Return the Sunday with which so many ISO weeks end, that of ``start`` included."""
    return days_after(week_of(start), 7 * weeks - 1)


def forecast_of(
    days: Iterable[DayTotal], recurring: Mapping[tuple[str, str], ComingTotals], weeks: DueWeeks
) -> list[DuePeriod]:
    """Return what is due in each week and currency, and before and after the weeks.

    ``days`` are all, those to come included: an invoice that is dated later is due later. ``recurring`` is by currency
    and period. All currencies have the same periods, those in which nothing is due included.
    """
    found: dict[str, dict[str, int]] = {currency: {} for currency, _ in recurring}
    for _, currency, figures in days:
        for key, amounts in figures.items():
            if key[0] == DUE and len(key) == 2:
                period = weeks.period_of(date.fromisoformat(key[1]))
                sums = found.setdefault(currency, {})
                sums[period] = sums.get(period, 0) + amounts[0]
    return [
        DuePeriod(Row(currency), *period, sums.get(period[0], 0), recurring.get((currency, period[0]), ComingTotals()))
        for period in weeks.periods()
        for currency, sums in sorted(found.items())
        if any(sums.values()) or any(of == currency for of, _ in recurring)
    ]
