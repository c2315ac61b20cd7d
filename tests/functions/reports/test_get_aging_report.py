from tests.aws import Aws
from tests.functions.reports.reading import ask, credit, issue, only, pay, post, row, rows_of


def test_ageing_is_that_of_the_day_that_is_asked_for(quarter: str) -> None:
    early = only(rows_of(quarter, "aging", "as_of=2026-01-20"), conversion=None)
    assert (float(early["days_1_30"]), float(early["total"])) == (119, 119)
    late = only(rows_of(quarter, "aging", "as_of=2026-03-31"), conversion=None)
    assert (float(late["days_31_60"]), float(late["net"])) == (750, 750)


def test_ageing_looks_at_the_due_date_and_not_at_payments(aws: Aws, usd: str) -> None:
    invoice = issue(usd, 10_000, 0, "2025-12-01", due_date="2026-02-28")
    for amount, day in ((1500, "2025-12-09"), (1000, "2025-12-30"), (2000, "2026-01-30")):
        pay(usd, invoice, amount, day)
    post(aws)
    days = {"2026-01-15": ("current", 7500), "2026-02-28": ("current", 5500), "2026-03-01": ("days_1_30", 5500)}
    for day, (bucket, amount) in (days | {"2026-04-04": ("days_31_60", 5500)}).items():
        assert row(usd, "aging", f"as_of={day}") == {bucket: amount, "total": amount, "net": amount}


def test_days_are_in_the_bucket_of_their_edge(aws: Aws, usd: str) -> None:
    issue(usd, 100, 0, "2026-01-01", due_date="2026-01-31")
    post(aws)
    edges = {
        "current": ("2026-01-30", "2026-01-31"),
        "days_1_30": ("2026-02-01", "2026-03-02"),
        "days_31_60": ("2026-03-03", "2026-04-01"),
        "days_61_90": ("2026-04-02", "2026-05-01"),
        "days_over_90": ("2026-05-02", "2027-01-01"),
    }
    for bucket, days in edges.items():
        for day in days:
            assert row(usd, "aging", f"as_of={day}") == {bucket: 100, "total": 100, "net": 100}


def test_credit_is_dated_by_what_made_it_and_by_its_use(aws: Aws, usd: str) -> None:
    first = issue(usd, 1000, 0, "2026-01-15", due_date="2026-01-31")
    second = issue(usd, 500, 0, "2026-01-16", due_date="2026-01-31")
    pay(usd, second, 500, "2026-02-10")
    credit(usd, second, 200, "2026-03-05")
    post(aws)
    before = row(usd, "aging", "as_of=2026-03-31")
    ask(usd, "payments/apply_credit", "POST", f"/invoices/{first}/apply-credit", {"amount": 200}, invoice_id=first)
    post(aws)
    assert row(usd, "aging", "as_of=2026-02-28") == {"days_1_30": 1000, "total": 1000, "net": 1000}
    assert row(usd, "aging", "as_of=2026-03-31") == before
    assert before == {"days_31_60": 1000, "total": 1000, "unapplied_credit": 200, "net": 800}
    assert row(usd, "aging", "") == {"days_over_90": 800, "total": 800, "net": 800}


def test_a_payment_before_its_invoice_is_credit_until_then(aws: Aws, usd: str) -> None:
    invoice = issue(usd, 1000, 0, "2026-05-20")
    pay(usd, invoice, 300, "2026-05-10")
    post(aws)
    assert row(usd, "aging", "as_of=2026-05-15") == {"unapplied_credit": 300, "net": -300}
    assert row(usd, "aging", "as_of=2026-05-20") == {"current": 700, "total": 700, "net": 700}
