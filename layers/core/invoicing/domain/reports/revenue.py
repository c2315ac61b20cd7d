"""Revenue by period: what was invoiced, credited and voided, without tax and with it."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from invoicing.domain.reports.figures import Flows, Sums, flows_of, sums_by_currency
from invoicing.domain.reports.periods import Interval, ReportPeriod, periods
from invoicing.domain.reports.totals import DayTotal


class PeriodFlows(NamedTuple):
    """What happened in a period, by currency."""

    period: ReportPeriod
    flows: list[Flows]


def revenue_of(days: Sequence[DayTotal], start: date, end: date, interval: Interval, base: str) -> list[PeriodFlows]:
    """Return what happened in each period, those without anything included; ``days`` are in order.

    Each period has the same currencies: all that have anything in any of them.
    """
    dates = [day.day for day in days]
    currencies: dict[str, Sums] = {day.currency: {} for day in sorted(days, key=lambda day: day.currency)}
    found = []
    for period in periods(start, end, interval):
        within = days[bisect_left(dates, period.start) : bisect_right(dates, period.end)]
        found.append(PeriodFlows(period, flows_of(currencies | sums_by_currency(within), base)))
    return found
