import csv
import io

from tests.aws import Aws
from tests.functions.reports.reading import QUARTER, issue, post, report, row, rows_of


def test_revenue_comes_by_month_and_empty_months_are_there(quarter: str) -> None:
    rows = rows_of(quarter, "revenue", QUARTER)
    own = [row for row in rows if row["conversion"] is None]
    found = [(row["period"], float(row["revenue"]), float(row["collected"])) for row in own]
    assert found == [("2026-01", 100, 0), ("2026-02", 1000, 119), ("2026-03", 0, 250)]
    years = rows_of(quarter, "revenue", "start_date=2025-12-31&end_date=2026-03-31&interval=year")
    assert [(row["period"], row["start"], row["end"]) for row in years if row["conversion"] is None] == [
        ("2025", "2025-12-31", "2025-12-31"),
        ("2026", "2026-01-01", "2026-03-31"),
    ]


def test_a_report_is_a_table_too(quarter: str) -> None:
    answer = report(quarter, "revenue", f"{QUARTER}&format=csv&currency=USD")
    assert answer.headers["Content-Type"].startswith("text/csv")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="revenue-2026-01-01-2026-03-31.csv"'
    rows = list(csv.DictReader(io.StringIO(answer.body.decode(), newline=""), strict=True))
    assert [(row["period"], row["revenue"], row["exchange_gain"]) for row in rows] == [
        ("2026-01", "100.00", ""),
        ("2026-02", "1000.00", ""),
        ("2026-03", "0.00", ""),
    ]


def test_a_week_is_cut_at_the_ends_of_the_period(aws: Aws, usd: str) -> None:
    issue(usd, 100, 0, "2026-12-31")
    issue(usd, 50, 0, "2027-01-02")
    post(aws)
    whole = rows_of(usd, "revenue", "start_date=2026-12-28&end_date=2027-01-03&interval=week&currency=USD")
    named = ("period", "start", "end")
    assert [(*(each[name] for name in named), float(each["gross_revenue"])) for each in whole] == [
        ("2026-W53", "2026-12-28", "2027-01-03", 150)
    ]
    cut = rows_of(usd, "revenue", "start_date=2027-01-01&end_date=2027-01-03&interval=week&currency=USD")
    assert [(*(each[name] for name in named), float(each["gross_revenue"])) for each in cut] == [
        ("2026-W53", "2027-01-01", "2027-01-03", 50)
    ]


def test_converted_sums_are_sums_of_converted_amounts(aws: Aws, eur: str) -> None:
    for _ in range(3):
        issue(eur, 333.33, 0, "2026-01-15", exchange_rate=1.1)
    issue(eur, 10.05, 0.19, "2026-02-15", exchange_rate=1.1)
    post(aws)
    january = row(eur, "revenue", "start_date=2026-01-01&end_date=2026-01-31", conversion="converted")
    assert january["gross_revenue"] == 909.09
    february = row(eur, "summary", "start_date=2026-02-01&end_date=2026-02-28", conversion="converted")
    assert (february["gross_revenue"], february["tax"], february["revenue"]) == (10.87, 1.74, 9.13)
    aging = row(eur, "aging", "as_of=2026-02-28", conversion="converted")
    assert aging["total"] == 919.96
    taxes = row(eur, "tax", "start_date=2026-02-01&end_date=2026-02-28", conversion="converted")
    assert (taxes["taxable"], taxes["tax"]) == (9.13, 1.74)
