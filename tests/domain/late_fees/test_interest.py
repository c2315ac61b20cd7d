"""Interest for late payment, to the cent: which days count, at which rate, on which amount."""

from fractions import Fraction

import pytest

from invoicing.domain.late_fees.due_history import AmountChange
from invoicing.domain.late_fees.interest import Span, interest_spans
from invoicing.domain.late_fees.late_fee import LateFee, RateBasis
from invoicing.domain.money.rounding import Rounding
from tests.domain.late_fees.cases import amounts, an_invoice_due, day, due, fixed, interest

BRITISH = (("2024-07-01", "13.25"), ("2025-01-01", "12.75"), ("2025-07-01", "12.25"))
EUROPEAN = (("2024-07-01", "12.25"), ("2025-01-01", "11.15"), ("2025-07-01", "10.15"))
GERMAN = (("2024-07-01", "12.37"), ("2025-01-01", "11.27"), ("2025-07-01", "10.27"))


def test_interest_is_rounded_once_and_not_by_the_day() -> None:
    history = an_invoice_due("5000", "2026-01-01", ("5000", "2026-04-12"), currency="GBP")
    (fee,) = due(interest("12.25"), history, "2026-04-12")
    assert fee.spans[0].days == 101
    assert fee.spans[0].interest == Fraction(5000 * 1225 * 101 * 100, 365 * 10000)
    assert fee.amount == 16949
    (sum_of_money,) = due(fixed("70.00"), history, "2026-04-12", [fee.charged])
    assert fee.amount + sum_of_money.amount == 23949


@pytest.mark.parametrize(
    ("rates", "basis", "currency", "charged"),
    [
        (BRITISH, "start", "GBP", "827.67"),
        (BRITISH, "period", "GBP", "794.38"),
        (EUROPEAN, "period", "EUR", "692.82"),
        (GERMAN, "period", "EUR", "700.32"),
        (EUROPEAN, "payment", "EUR", "634.03"),
    ],
)
def test_one_invoice_and_three_readings_of_its_rate(
    rates: tuple[tuple[str, str], ...], basis: RateBasis, currency: str, charged: str
) -> None:
    history = an_invoice_due("10000", "2024-12-15", ("10000", "2025-07-31"), currency=currency)
    late_fee = interest(None, *rates, rate_basis=basis)
    assert amounts(late_fee, history, "2025-07-31") == [charged]
    assert amounts(late_fee, history, "2031-01-01") == [charged]


def test_each_half_year_has_its_days_and_its_rate() -> None:
    history = an_invoice_due("10000", "2024-12-15", ("10000", "2025-07-31"))
    (fee,) = due(interest(None, *EUROPEAN), history, "2025-07-31")
    assert [(span.days, str(span.percent)) for span in fee.spans] == [(16, "12.25"), (181, "11.15"), (31, "10.15")]
    assert [round(span.interest) for span in fee.spans] == [5370, 55292, 8621]
    assert sum(round(span.interest) for span in fee.spans) == fee.amount + 1


@pytest.mark.parametrize(
    ("due_date", "paid", "percent", "charged"),
    [
        ("2026-04-01", "2026-05-16", "10.15", ["12.51"]),
        ("2026-04-01", "2026-04-01", "10.15", []),
        ("2026-04-01", "2026-03-20", "10.15", []),
        ("2026-04-01", "2026-04-02", "10.15", ["0.28"]),
        ("2028-02-15", "2028-03-15", "8", ["6.36"]),
    ],
)
def test_days_count_from_the_day_after_the_due_date_to_the_day_of_payment(
    due_date: str, paid: str, percent: str, charged: list[str]
) -> None:
    history = an_invoice_due("1000", due_date, ("1000", paid))
    assert amounts(interest(percent), history, "2029-01-01") == charged


def test_the_day_of_the_fee_counts_for_an_unpaid_invoice() -> None:
    history = an_invoice_due("1000", "2026-04-01")
    assert [amounts(interest("10.15"), history, by) for by in ("2026-04-01", "2026-04-02", "2026-05-16")] == [
        [],
        ["0.28"],
        ["12.51"],
    ]


def test_part_payments_count_by_value_date_in_whatever_order_they_were_recorded() -> None:
    parts = (("400", "2026-04-20"), ("600", "2026-05-15"))
    for paid in (parts, parts[::-1]):
        (fee,) = due(interest("10.15"), an_invoice_due("1000", "2026-03-31", *paid), "2026-06-01")
        assert fee.amount == 973
        assert [(span.amount, span.days) for span in fee.spans] == [(100000, 20), (60000, 25)]


def test_what_was_paid_before_the_due_date_bears_none() -> None:
    paid = (("400", "2026-03-01"), ("600", "2026-05-15"))
    (fee,) = due(interest("10.15"), an_invoice_due("1000", "2026-03-31", *paid), "2026-06-01")
    assert [(span.amount, span.days) for span in fee.spans] == [(60000, 45)]


def test_by_the_rate_of_payment_each_part_has_the_rate_of_its_own() -> None:
    late_fee = interest(None, ("2026-01-01", "10"), ("2026-07-01", "8"), rate_basis="payment")
    history = an_invoice_due("1000", "2026-05-31", ("400", "2026-06-30"), ("300", "2026-07-10"))
    (fee,) = due(late_fee, history, "2026-07-20")
    assert [(span.amount, span.days, str(span.percent)) for span in fee.spans] == [
        (40000, 30, "10"),
        (30000, 40, "8"),
        (30000, 50, "8"),
    ]


def test_by_the_rate_of_payment_what_was_due_first_is_paid_first_also_after_a_refund() -> None:
    late_fee = interest(None, ("2026-01-01", "10"), rate_basis="payment")
    paid = (("600", "2026-06-10"), ("-500", "2026-06-20"), ("500", "2026-06-25"), ("400", "2026-06-30"))
    spans = interest_spans(late_fee, an_invoice_due("1000", "2026-05-31", *paid).late_until(day("2026-07-31")))
    assert [(span.amount, span.days) for span in spans] == [(60000, 10), (40000, 25), (10000, 5), (40000, 10)]
    paid = (("600", "2026-06-10"), ("-500", "2026-06-20"), ("100", "2026-06-25"), ("300", "2026-06-30"))
    spans = interest_spans(late_fee, an_invoice_due("1000", "2026-05-31", *paid).late_until(day("2026-07-10")))
    assert [(span.amount, span.days) for span in spans] == [(60000, 10), (10000, 25), (30000, 30), (50000, 20)]


def test_refunds_are_late_from_the_day_after_and_the_days_between_are_not() -> None:
    history = an_invoice_due("1000", "2026-03-31", ("1000", "2026-04-10"), ("-250", "2026-05-20"))
    for late_fee in (interest("10"), interest(None, ("2026-01-01", "10"), rate_basis="payment")):
        (fee,) = due(late_fee, history, "2026-05-31")
        assert [(span.first_day, span.last_day, span.amount) for span in fee.spans] == [
            (day("2026-04-01"), day("2026-04-10"), 100000),
            (day("2026-05-21"), day("2026-05-31"), 25000),
        ]


def test_the_rate_of_the_start_stays_when_an_invoice_is_due_again() -> None:
    late_fee = interest(None, ("2026-01-01", "10"), ("2026-05-01", "20"), rate_basis="start")
    history = an_invoice_due("1000", "2026-03-31", ("1000", "2026-04-10"), ("-250", "2026-05-20"))
    assert {str(span.percent) for span in due(late_fee, history, "2026-05-31")[0].spans} == {"10"}


def test_days_before_the_first_rate_bear_none() -> None:
    (fee,) = due(interest(None, ("2026-04-11", "10")), an_invoice_due("1000", "2026-03-31"), "2026-04-20")
    assert fee.amount == 274
    assert [(str(span.percent), span.days) for span in fee.spans] == [("0", 10), ("10", 10)]


def test_days_never_count_before_the_day_of_issue() -> None:
    history = an_invoice_due("1000", "2024-02-15", issue_date=day("2026-11-20"))
    assert due(interest("10"), history, "2026-11-20") == []
    (fee,) = due(interest("10"), history, "2026-11-30")
    assert [(span.first_day, span.days) for span in fee.spans] == [(day("2026-11-21"), 10)]


@pytest.mark.parametrize(
    ("amount", "currency", "percent", "rounding", "charged"),
    [
        ("100000", "JPY", "3", Rounding(), "247"),
        ("100000", "JPY", "3", Rounding(mode="down"), "246"),
        ("1000.000", "KWD", "8", Rounding(), "6.575"),
        ("1000.000", "KWD", "8", Rounding(mode="down"), "6.575"),
        ("1000.0000", "CLF", "8", Rounding(), "6.5753"),
        ("60.83", "EUR", "10", Rounding(mode="half_even"), "0.50"),
    ],
)
def test_every_currency_has_its_decimals_and_every_invoice_its_rounding(
    amount: str, currency: str, percent: str, rounding: Rounding, charged: str
) -> None:
    history = an_invoice_due(amount, "2026-03-31", currency=currency, rounding=rounding)
    assert amounts(interest(percent), history, "2026-04-30") == [charged]


def test_changes_of_one_day_are_netted() -> None:
    changes = (AmountChange(day("2026-04-05"), -100), AmountChange(day("2026-04-05"), 100))
    history = an_invoice_due("1000", "2026-03-31", changes=changes)
    assert interest_spans(interest("10"), history.late_until(day("2026-04-30"))) == [
        Span(day("2026-04-01"), day("2026-04-30"), 100000, LateFee.rate_on(interest("10"), day("2026-04-01")))
    ]


def test_a_rate_counts_from_its_first_day_be_it_the_first_or_the_last_one_late() -> None:
    rates = (("2026-01-01", "10"), ("2026-04-01", "20"), ("2026-04-30", "30"))
    (fee,) = due(interest(None, *rates), an_invoice_due("1000", "2026-03-31", ("1000", "2026-04-30")), "2026-05-31")
    assert [(str(span.percent), span.days) for span in fee.spans] == [("20", 29), ("30", 1)]
