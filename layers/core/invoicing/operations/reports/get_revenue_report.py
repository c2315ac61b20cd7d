"""Read the revenue of a period by day, week, month, quarter or year."""

from invoicing.dataclass import dataclass
from invoicing.domain.reports.figures import Flows
from invoicing.domain.reports.periods import Interval, ReportPeriod, periods
from invoicing.domain.reports.revenue import revenue_of
from invoicing.operations.reports._asked import Asked, ReportQuery, asked, too_broad
from invoicing.operations.reports._ports import ReportTotals
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork

MOST_PERIODS = 1_000
"""The most periods of one report: some three years of days."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RevenueReport:
    """The periods, and what happened in each by currency."""

    asked: Asked
    interval: Interval
    rows: tuple[tuple[ReportPeriod, Flows], ...]


def get_revenue_report(uow: UnitOfWork, query: ReportQuery, interval: Interval, totals: ReportTotals) -> RevenueReport:
    """Return what was invoiced, credited and voided in each part of a period, and the money that came.

    Two requests, and one more for each further megabyte of totals, some two thousand days. `InvalidRequest` as `asked`,
    ``QUERY_TOO_BROAD`` for more than `MOST_PERIODS`.
    """
    period = asked(uow, query)
    _require_few(period, interval)
    days = totals.days(uow.account, period.start, period.end)
    found = revenue_of(days, period.start, period.end, interval, period.base)
    rows = tuple((each, flows) for each, all_flows in found for flows in period.chosen(all_flows))
    return RevenueReport(asked=period, interval=interval, rows=rows)


def _require_few(period: Asked, interval: Interval) -> None:
    for number, _ in enumerate(periods(period.start, period.end, interval)):
        if number >= MOST_PERIODS:
            raise too_broad(
                f"A report has at most {MOST_PERIODS:,} periods; request a shorter period or a longer interval."
            )
