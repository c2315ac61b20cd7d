from datetime import date, timedelta

import pytest

from invoicing.domain.errors import InvalidRequest
from invoicing.domain.reports.periods import twelve_months_before
from invoicing.operations.reports._asked import ReportQuery
from invoicing.operations.reports.get_summary_report import get_summary_report
from tests.builders import NOW
from tests.operations.reports.reporting import busy_office, open_office


def test_it_is_of_twelve_months_unless_asked_otherwise() -> None:
    office, store, totals = busy_office()
    reads = store.reads
    report = get_summary_report(office.uow(), ReportQuery(), totals)
    assert store.reads - reads == 1
    today = NOW.date()
    start = (today.replace(day=1) - timedelta(days=330)).replace(day=1)
    assert (report.asked.start, report.asked.end, report.asked.base) == (start, today, "USD")
    own, converted = report.rows
    assert (own.flows.revenue.gross, own.flows.collected, own.closing.receivable) == (10_000, 4000, 6000)
    assert converted.closing.receivable == 6000
    assert own.collection_rate is not None
    assert float(own.collection_rate) == 0.4


def test_a_period_to_come_needs_no_end() -> None:
    office, _, totals = open_office()
    start = NOW.date() + timedelta(days=10)
    report = get_summary_report(office.uow(), ReportQuery(start=start), totals)
    assert (report.asked.start, report.asked.end) == (start, start)


def test_what_was_owed_before_is_told() -> None:
    office, _, totals = busy_office()
    day = NOW.date() + timedelta(days=1)
    (own, _) = get_summary_report(office.uow(), ReportQuery(start=day, end=day), totals).rows
    assert (own.opening.net, own.flows.revenue.gross, own.closing.net) == (6000, 0, 6000)
    assert own.days_sales_outstanding is None
    assert own.collection_rate == 0


def test_a_currency_alone_has_no_sum_of_all() -> None:
    office, _, totals = busy_office()
    rows = get_summary_report(office.uow(), ReportQuery(currency="USD"), totals).rows
    assert [row.row for row in rows] == [("USD", None)]
    assert get_summary_report(office.uow(), ReportQuery(currency="EUR"), totals).rows == ()


def test_a_period_begins_before_it_ends() -> None:
    office, _, totals = open_office()
    with pytest.raises(InvalidRequest):
        get_summary_report(office.uow(), ReportQuery(start=date(2026, 2, 1), end=date(2026, 1, 1)), totals)


@pytest.mark.parametrize(
    ("end", "start"),
    [("2026-12-31", "2026-01-01"), ("2026-11-27", "2025-12-01"), ("2028-02-29", "2027-03-01"), ("0001-05-01", None)],
)
def test_twelve_months_are_whole_ones_but_the_last(end: str, start: str | None) -> None:
    assert twelve_months_before(date.fromisoformat(end)) == (date.fromisoformat(start) if start else date.min)


@pytest.mark.parametrize("start", ["2006-11-28", "2008-02-29", "9980-01-01", "0001-01-01"])
def test_a_report_has_twenty_years_at_most(start: str) -> None:
    office, _, totals = busy_office()
    first = date.fromisoformat(start)
    longest = first.replace(year=first.year + 20) - timedelta(days=1) if first.year < 9980 else date.max
    get_summary_report(office.uow(), ReportQuery(start=first, end=longest), totals)
    if longest < date.max:
        with pytest.raises(InvalidRequest) as refused:
            get_summary_report(office.uow(), ReportQuery(start=first, end=longest + timedelta(days=1)), totals)
        assert refused.value.code == "QUERY_TOO_BROAD"
