from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from invoicing.domain.calendar import week_of
from invoicing.domain.errors import InvalidRequest
from invoicing.domain.recurring.coming_totals import ComingTotals
from invoicing.domain.reports.forecast import EARLIER, LATER, OVERDUE, DueWeeks, forecast_of, last_day
from invoicing.domain.reports.totals import DayTotal
from invoicing.operations.recurring import _forecast
from invoicing.operations.reports._asked import ReportQuery
from invoicing.operations.reports.get_forecast_report import ForecastReport, get_forecast_report
from tests.books import issue, pay
from tests.builders import NOW, a_line, an_invoice
from tests.domain.recurring.plans import a_content
from tests.examples import examples
from tests.fake_report_totals import FakeReportTotals
from tests.office import Office
from tests.operations.recurring.recurring_office import keep
from tests.operations.reports.reporting import open_office, post_all

TODAY = NOW.date()
NEXT_TUESDAY = (week_of(TODAY) + timedelta(days=8)).isoformat()


def forecast(
    office: Office, totals: FakeReportTotals, weeks: int = 4, currency: str | None = None, start: date = TODAY
) -> ForecastReport:
    query = ReportQuery(start=start, end=last_day(start, weeks), currency=currency)
    return get_forecast_report(office.uow(), query, totals)


def due(report: ForecastReport) -> dict[str, int]:
    """What is open by period, without those of nothing."""
    return {row.period: row.open for row in report.rows if row.open}


def test_what_is_open_is_due_in_the_week_of_its_due_date() -> None:
    office, store, totals = open_office()
    for price, days in (("1", -1), ("2", 0), ("4", 7), ("8", 21), ("16", 70)):
        issue(office, price, due_in=days)
    pay(office, issue(office, "100", due_in=7), "60")
    store.keep(an_invoice(total=100_000))  # a draft
    post_all(office, store)
    report = forecast(office, totals)
    weeks = [
        f"{day.isocalendar().year}-W{day.isocalendar().week:02}"
        for day in (TODAY + timedelta(days=7 * n) for n in range(4))
    ]
    assert [row.period for row in report.rows] == ["overdue", *weeks, "later"]
    assert due(report) == {OVERDUE: 100, weeks[0]: 200, weeks[1]: 400 + 4000, weeks[3]: 800, LATER: 1600}
    first, last = report.rows[1], report.rows[-2]
    assert (first.start, first.end) == (TODAY, week_of(TODAY) + timedelta(days=6))
    assert last.end == report.asked.end


def test_weeks_that_begin_later_leave_nothing_out() -> None:
    office, store, totals = open_office()
    for price, days in (("1", -1), ("2", 0), ("4", 9), ("8", 10), ("16", 16), ("32", 17)):
        issue(office, price, due_in=days)
    content = a_content(lines=(a_line("1", "10"),), payment_terms="Due on receipt")
    keep(store, "weekly", (TODAY + timedelta(days=8)).isoformat(), content=content)
    post_all(office, store)
    query = ReportQuery(start=TODAY + timedelta(days=10), end=TODAY + timedelta(days=16))
    report = get_forecast_report(office.uow(), query, totals)
    assert list(due(report))[:2] == [OVERDUE, EARLIER]
    assert (due(report)[OVERDUE], due(report)[EARLIER], due(report)[LATER]) == (100, 600, 3200)
    recurring = {row.period: row.recurring.amount_payable for row in report.rows if row.recurring.count}
    assert recurring == {EARLIER: 1000, report.rows[-2].period: 1000}
    assert sum(due(report).values()) == 6300
    assert (report.rows[2].start, report.rows[-2].end) == (query.start, query.end)


def test_it_is_of_a_quarter_from_today_unless_asked_otherwise() -> None:
    office, _, totals = open_office()
    usual = get_forecast_report(office.uow(), ReportQuery(), totals).asked
    assert (usual.start, usual.end) == (TODAY, last_day(TODAY, 13))
    later = get_forecast_report(office.uow(), ReportQuery(start=TODAY + timedelta(days=360)), totals).asked
    assert later.end == TODAY + timedelta(days=366)


@pytest.mark.parametrize(
    ("start", "end", "wrong"),
    [(-1, None, "start_date"), (None, -1, "end_date"), (3, 2, "start_date"), (None, 367, "end_date")],
)
def test_it_begins_today_or_later_and_ends_in_a_year(start: int | None, end: int | None, wrong: str) -> None:
    office, _, totals = open_office()
    first, last = (None if days is None else TODAY + timedelta(days=days) for days in (start, end))
    with pytest.raises(InvalidRequest) as refused:
        get_forecast_report(office.uow(), ReportQuery(start=first, end=last), totals)
    assert [detail.field for detail in refused.value.details] == [wrong]


def test_an_invoice_that_is_dated_later_is_due_then() -> None:
    office, store, totals = open_office()
    later = TODAY + timedelta(days=8)
    issue(office, "5", issue_date=later, due_date=later)
    post_all(office, store)
    assert list(due(forecast(office, totals)).values()) == [500]


def test_schedules_are_in_the_weeks_in_which_their_invoices_are_due() -> None:
    office, store, totals = open_office()
    content = a_content(lines=(a_line("1", "10", "0.2"),), payment_terms="Net 7")
    keep(store, "weekly", NEXT_TUESDAY, content=content)
    report = forecast(office, totals, 4)
    none, made = ComingTotals(), ComingTotals(count=1, subtotal=1000, tax=200, total=1200, amount_payable=1200)
    assert [row.recurring for row in report.rows] == [none, none, none, made, made, none]
    assert [row.total for row in report.rows] == [0, 0, 0, 1200, 1200, 0]
    assert not report.more_schedules


def test_a_currency_alone_can_be_asked() -> None:
    office, store, totals = open_office()
    issue(office, "5")
    issue(office, "7", currency="EUR")
    post_all(office, store)
    assert {row.row.currency for row in forecast(office, totals).rows} == {"EUR", "USD"}
    assert {row.row.currency for row in forecast(office, totals, currency="EUR").rows} == {"EUR"}


def test_of_nothing_there_are_no_rows() -> None:
    office, store, totals = open_office()
    pay(office, issue(office, "5"), "5")
    post_all(office, store)
    assert forecast(office, totals).rows == ()


def test_more_schedules_than_it_reads_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    office, store, totals = open_office()
    monkeypatch.setattr(_forecast, "MOST_SCHEDULES", 2)
    for number in range(3):
        keep(
            store,
            "weekly",
            NEXT_TUESDAY,
            id=f"rec_{number}",
            content=a_content(payment_terms="Net 7"),
        )
    report = forecast(office, totals, 3)
    assert (report.more_schedules, sum(row.recurring.count for row in report.rows)) == (True, 2)


DUE = st.tuples(st.dates(date(2026, 1, 1), date(2026, 12, 31)), st.sampled_from(["EUR", "USD"]), st.integers(-5, 5))


@settings(max_examples=examples(100), deadline=None)
@given(st.lists(DUE, max_size=8), st.dates(date(2026, 3, 1), date(2026, 9, 1)), st.integers(0, 20), st.integers(0, 140))
def test_every_due_date_has_one_period(items: list[tuple[date, str, int]], today: date, before: int, days: int) -> None:
    totals = [DayTotal(date(2026, 1, 1), of, {("due", day.isoformat()): (amount, 0, 0)}) for day, of, amount in items]
    start = today + timedelta(days=before)
    end = start + timedelta(days=days)
    rows = forecast_of(totals, {}, DueWeeks(today, start, end))
    beside = {
        OVERDUE: (date.min, today - timedelta(days=1)),
        EARLIER: (today, start - timedelta(days=1)),
        LATER: (end + timedelta(days=1), date.max),
    }
    for row in rows:
        first, last = (row.start, row.end) if row.start and row.end else beside[row.period]
        assert row.open == sum(amount for day, of, amount in items if of == row.row.currency and first <= day <= last)
    for currency in {row.row.currency for row in rows}:
        weeks = [row for row in rows if row.row.currency == currency and row.start]
        assert (weeks[0].start, weeks[-1].end) == (start, end)
        assert len({row.period for row in weeks}) == len(weeks) == (week_of(end) - week_of(start)).days // 7 + 1
