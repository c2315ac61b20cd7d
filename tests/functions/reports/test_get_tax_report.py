from decimal import Decimal

from tests.aws import Aws
from tests.functions.reports.reading import QUARTER, credit, flat, issue, pay, post, report, row, rows_of


def test_tax_comes_by_rate(quarter: str) -> None:
    rows = [row for row in rows_of(quarter, "tax", QUARTER) if row["conversion"] is None]
    assert [(float(row["tax_rate"]), float(row["taxable"]), float(row["tax"])) for row in rows] == [
        (0.19, 100, 19),
        (0, 1000, 0),
    ]


def test_a_credit_note_counts_in_its_own_period(aws: Aws, usd: str) -> None:
    invoice = issue(usd, 1000, 0.19, "2026-01-15")
    credit(usd, invoice, 200, "2026-04-05")
    post(aws)
    first = row(usd, "tax", "start_date=2026-01-01&end_date=2026-03-31")
    second = row(usd, "tax", "start_date=2026-04-01&end_date=2026-06-30")
    assert (first["taxable"], first["tax"]) == (1000, 190)
    assert (second["taxable"], second["tax"]) == (-200, -38)


def test_tax_is_the_sum_of_the_taxes_of_invoices(aws: Aws, usd: str) -> None:
    for _ in range(3):
        issue(usd, 3.33, 0.25, "2026-01-15")
    post(aws)
    tax = row(usd, "tax", "start_date=2026-01-01&end_date=2026-01-31")
    assert (tax["taxable"], tax["tax"]) == (9.99, 2.49)


def test_on_cash_basis_it_is_the_tax_of_what_was_paid(aws: Aws, usd: str) -> None:
    invoice = issue(usd, 300, 0.1, "2026-01-15")
    pay(usd, invoice, 250, "2026-02-01")
    pay(usd, invoice, 80, "2026-03-01")
    post(aws)
    found = report(usd, "tax", f"basis=cash&{QUARTER}").data
    assert (found["basis"], report(usd, "tax", QUARTER).data["basis"]) == ("cash", "accrual")
    (own, converted) = flat(found)
    assert (own["tax"], own["tax_rate"], converted["tax"], converted["conversion"]) == (
        30,
        Decimal("0.1"),
        30,
        "converted",
    )
    february = row(usd, "tax", "basis=cash&start_date=2026-02-01&end_date=2026-02-28")
    assert (february["taxable"], february["tax"]) == (227.27, 22.73)
    assert row(usd, "tax", f"{QUARTER}&basis=accrual")["tax"] == 30


def test_files_on_cash_basis_say_so(quarter: str) -> None:
    answer = report(quarter, "tax", f"basis=cash&format=csv&{QUARTER}")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="cash-tax-2026-01-01-2026-03-31.csv"'
    assert answer.body.decode().splitlines()[1] == "USD,,0.19,S,,100.00,19.00"


def test_there_is_no_third_basis(usd: str) -> None:
    assert report(usd, "tax", "basis=modified").status == 400
