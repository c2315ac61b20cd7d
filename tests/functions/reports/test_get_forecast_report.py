from datetime import UTC, datetime, timedelta

from invoicing.domain.calendar import week_of
from tests.aws import Aws
from tests.functions.recurring.asking import create
from tests.functions.reports.reading import flat, issue, only, post, report

TODAY = datetime.now(UTC).date()


def test_what_is_due_comes_by_week(aws: Aws, usd: str) -> None:
    issue(usd, 100, 0, "2026-01-15")
    issue(usd, 30, 0, "2026-01-15", due_date=(TODAY + timedelta(days=7)).isoformat())
    tomorrow = (TODAY + timedelta(days=1)).isoformat()
    assert create(usd, start_date=tomorrow, frequency="weekly", payment_terms="Net 7").status == 201
    post(aws)
    end = week_of(TODAY) + timedelta(days=20)
    answer = report(usd, "forecast", f"end_date={end}&currency=USD")
    assert answer.status == 200
    assert (answer.data["start_date"], answer.data["has_more_schedules"]) == (TODAY.isoformat(), False)
    rows = flat(answer.data)
    assert len(rows) == 5
    assert only(rows, period="overdue")["open"] == 100
    assert float(sum(row["recurring"] for row in rows)) in {98, 49}
    year, week, _ = (TODAY + timedelta(days=7)).isocalendar()
    row = only(rows, period=f"{year}-W{week:02}")
    assert (row["open"], row["total"]) == (30, row["open"] + row["recurring"])


def test_it_is_a_table_too(aws: Aws, usd: str) -> None:
    issue(usd, 100, 0, "2026-01-15")
    post(aws)
    lines = report(usd, "forecast", f"end_date={TODAY}&format=csv").body.decode().splitlines()
    assert lines[0].startswith("currency,period,start,end,open,recurring_count,recurring,total")
    assert lines[1] == "USD,overdue,,,100.00,0,0.00,100.00"


def test_it_looks_a_year_ahead_at_most(usd: str) -> None:
    ends = [TODAY + timedelta(days=days) for days in (-1, 0, 366, 368)]
    assert [report(usd, "forecast", f"end_date={end}").status for end in ends] == [400, 200, 200, 400]
    assert report(usd, "forecast", f"start_date={ends[1]}&end_date={ends[2]}&format=svg").status == 200
