from datetime import date, timedelta

import pytest

from invoicing.domain.errors import InvalidRequest
from invoicing.domain.reports.periods import Interval
from invoicing.operations.reports._asked import ReportQuery
from invoicing.operations.reports.get_revenue_report import MOST_PERIODS, get_revenue_report
from tests.builders import NOW
from tests.operations.reports.reporting import busy_office, open_office


@pytest.mark.parametrize("interval", ["day", "week", "month", "quarter", "year"])
def test_the_periods_are_the_whole_period_and_their_amounts_its_amounts(interval: Interval) -> None:
    office, _, totals = busy_office()
    query = ReportQuery(start=NOW.date() - timedelta(days=200), end=NOW.date() + timedelta(days=200), currency="USD")
    rows = get_revenue_report(office.uow(), query, interval, totals).rows
    assert (rows[0][0].start, rows[-1][0].end) == (query.start, query.end)
    ends = [period.end + timedelta(days=1) for period, _ in rows]
    assert ends[:-1] == [period.start for period, _ in rows[1:]]
    assert sum(flows.revenue.gross for _, flows in rows) == 10_000


def test_there_are_not_too_many_periods() -> None:
    office, _, totals = open_office()
    start = date(2020, 1, 1)
    query = ReportQuery(start=start, end=start + timedelta(days=MOST_PERIODS - 1))
    assert len(get_revenue_report(office.uow(), query, "day", totals).rows) == MOST_PERIODS
    query = ReportQuery(start=start, end=start + timedelta(days=MOST_PERIODS))
    with pytest.raises(InvalidRequest):
        get_revenue_report(office.uow(), query, "day", totals)


def test_the_last_of_all_days_can_be_asked() -> None:
    office, _, totals = open_office()
    query = ReportQuery(start=date(9999, 12, 1), end=date.max)
    assert [period.name for period, _ in get_revenue_report(office.uow(), query, "month", totals).rows] == ["9999-12"]
