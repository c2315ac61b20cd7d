"""Which fees an invoice is charged, and when: periods, grace, the maximum, and never twice."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from invoicing.domain.late_fees.charging import ChargedFee, automatic_fees, fee_line, fees_due, next_automatic_day
from invoicing.domain.late_fees.due_history import AmountChange
from invoicing.domain.late_fees.late_fee import LateFee
from invoicing.domain.money.totals import compute_totals
from tests.domain.late_fees.cases import (
    amounts,
    an_invoice_due,
    automatic,
    day,
    due,
    fixed,
    interest,
    percentage,
    tiers,
)

BRITISH = (("0", "40"), ("1000", "70"), ("10000", "100"))


def test_months_are_counted_from_the_due_date_and_each_is_charged_alike() -> None:
    late_fee = percentage("1.5", period="P1M")
    fees = due(late_fee, an_invoice_due("2000", "2027-01-31"), "2027-06-01")
    assert [fee.period for fee in fees] == ["2027-02-28", "2027-03-31", "2027-04-30", "2027-05-31"]
    assert [fee.falls_due.isoformat() for fee in fees] == ["2027-03-01", "2027-04-01", "2027-05-01", "2027-06-01"]
    assert [fee.amount for fee in fees] == [3000] * 4
    assert [span.days for fee in fees for span in fee.spans] == [28, 31, 30, 31]
    assert len(due(late_fee, an_invoice_due("2000", "2027-01-31"), "2027-05-31")) == 3


@pytest.mark.parametrize(
    ("anchor", "ends"),
    [
        ("2028-01-30", ["2028-02-29", "2028-03-30", "2028-04-30"]),
        ("2027-12-31", ["2028-01-31", "2028-02-29", "2028-03-31"]),
        ("2026-11-15", ["2026-12-15", "2027-01-15", "2027-02-15"]),
    ],
)
def test_a_short_month_does_not_shorten_those_after_it(anchor: str, ends: list[str]) -> None:
    fees = due(fixed("5", period="P1M"), an_invoice_due("2000", anchor), "2029-01-01")
    assert [fee.period for fee in fees][:3] == ends


def test_every_seven_days() -> None:
    fees = due(interest("10", period="P7D"), an_invoice_due("2000", "2027-01-31"), "2027-02-22")
    assert [fee.period for fee in fees] == ["2027-02-07", "2027-02-14", "2027-02-21"]
    assert [fee.amount for fee in fees] == [384, 383, 384]
    assert [[(span.first_day.day, span.last_day.day) for span in fee.spans] for fee in fees] == [
        [(1, 7)],
        [(8, 14)],
        [(15, 21)],
    ]


def test_a_late_fee_bears_no_fee_and_none_is_charged_on_one() -> None:
    of_fee = an_invoice_due("30", "2027-03-01", is_late_fee=True)
    every = percentage("1.5", period="P1M", automatic=True)
    assert due(every, of_fee, "2027-05-01") == due(interest("10"), of_fee, "2027-05-01") == []
    assert next_automatic_day(every, of_fee, (), day("2027-05-01")) is None
    original = an_invoice_due("2000", "2027-01-31")
    (first,) = due(every, original, "2027-03-01")
    (second,) = due(every, original, "2027-04-01", [first.charged])
    assert (first.amount, second.amount) == (3000, 3000)


def test_a_fee_is_outside_the_scope_of_tax_unless_the_account_taxes_it() -> None:
    (fee,) = due(interest("10.15"), an_invoice_due("1000", "2026-04-01", ("1000", "2026-05-16")), "2026-06-01")
    totals = compute_totals([fee_line(fee, "EUR", "Interest")], "EUR", tax_rate=Decimal("0.19"))
    assert (totals.tax, totals.total) == (0, 1251)
    assert [group.category for group in totals.breakdown] == ["O"]
    taxed = fee_line(fee, "EUR", "Interest", tax_rate=Decimal("0.0825"), tax_category=None)
    assert compute_totals([taxed], "EUR").tax == 103


def test_grace_delays_the_first_fee_and_forgives_no_day() -> None:
    history = an_invoice_due("1000", "2026-03-31")
    late_fee = interest("10", grace_days=10, automatic=True)
    assert automatic(late_fee, history, "2026-04-10") == amounts(late_fee, history, "2026-04-10") == []
    (fee,) = due(late_fee, history, "2026-04-11")
    assert [(span.first_day, span.days) for span in fee.spans] == [(day("2026-04-01"), 11)]
    assert next_automatic_day(late_fee, history, (), day("2026-03-31")) == day("2026-04-11")
    for flat in (fixed("40", grace_days=10), percentage("2", grace_days=10)):
        assert due(flat, history, "2026-04-10") == []
        assert [each.falls_due for each in due(flat, history, "2026-04-11")] == [day("2026-04-11")]


def test_what_is_paid_within_the_days_of_grace_is_charged_nothing() -> None:
    for paid, count in (("2026-04-10", 0), ("2026-04-11", 1)):
        history = an_invoice_due("1000", "2026-03-31", ("1000", paid))
        for late_fee in (interest("10", grace_days=10), fixed("40", grace_days=10), percentage("2", grace_days=10)):
            assert len(due(late_fee, history, "2027-01-01")) == count


def test_periods_that_end_within_the_days_of_grace_are_charged_after_them() -> None:
    late_fee = interest("10", period="P7D", grace_days=20, automatic=True)
    history = an_invoice_due("1000", "2026-03-31")
    assert automatic(late_fee, history, "2026-04-20") == []
    fees = due(late_fee, history, "2026-04-21")
    assert [fee.period for fee in fees] == ["2026-04-07", "2026-04-14"]
    assert {fee.falls_due for fee in fees} == {day("2026-04-21")}
    assert next_automatic_day(late_fee, history, (), day("2026-03-31")) == day("2026-04-21")
    charged = [fee.charged for fee in fees]
    assert next_automatic_day(late_fee, history, charged, day("2026-04-21")) == day("2026-04-22")


@pytest.mark.parametrize(
    ("amount", "fee"), [("999.99", "40.00"), ("1000.00", "70.00"), ("9999.99", "70.00"), ("10000.00", "100.00")]
)
def test_fixed_sums_go_by_the_amount_that_became_late(amount: str, fee: str) -> None:
    late_fee = tiers(*BRITISH)
    assert amounts(late_fee, an_invoice_due(amount, "2026-03-31", currency="GBP"), "2026-04-01") == [fee]
    part_paid = an_invoice_due(amount, "2026-03-31", ("500", "2026-04-05"), currency="GBP")
    assert amounts(late_fee, part_paid, "2026-05-01") == [fee]


def test_what_was_paid_in_time_lowers_the_tier_and_no_tier_is_no_fee() -> None:
    history = an_invoice_due("10000", "2026-03-31", ("0.01", "2026-03-31"), currency="GBP")
    assert amounts(tiers(*BRITISH), history, "2026-05-01") == ["70.00"]
    assert amounts(tiers(("100", "40")), an_invoice_due("99.99", "2026-03-31"), "2026-05-01") == []
    never = tiers(("100", "40"), automatic=True)
    assert next_automatic_day(never, an_invoice_due("99.99", "2026-03-31"), (), day("2026-03-01")) is None


def test_a_fixed_sum_is_charged_once_beside_interest() -> None:
    history = an_invoice_due("1000", "2026-03-31")
    (interest_fee,) = due(interest("10"), history, "2026-05-01")
    (forty,) = due(fixed("40.00"), history, "2026-05-01", [interest_fee.charged])
    charged = [interest_fee.charged, forty.charged]
    assert forty.amount == 4000
    assert amounts(fixed("40.00"), history, "2027-05-01", charged) == amounts(
        interest("10"), history, "2027-05-01", charged
    )
    assert amounts(fixed("55.00"), history, "2027-05-01", charged) == []


def test_a_paid_invoice_is_charged_on_demand_for_the_days_it_was_late_and_never_by_itself() -> None:
    history = an_invoice_due("1000", "2026-04-01", ("1000", "2026-05-16"))
    late_fee = interest("10.15", automatic=True)
    (fee,) = due(late_fee, history, "2026-06-01")
    assert (fee.amount, fee.spans[0].days, fee.last_day) == (1251, 45, day("2026-05-16"))
    assert automatic(late_fee, history, "2026-06-01") == []
    assert next_automatic_day(late_fee, history, (), day("2026-04-20")) is None


def test_payment_ends_the_period_of_interest_in_which_it_comes_but_no_other() -> None:
    history = an_invoice_due("1000", "2026-04-01", ("1000", "2026-05-16"))
    fees = due(interest("10.15", period="P1M"), history, "2026-05-16")
    assert [(fee.period, fee.last_day.isoformat()) for fee in fees] == [
        ("2026-05-01", "2026-05-01"),
        ("2026-06-01", "2026-05-16"),
    ]
    assert sum(fee.amount for fee in fees) == 1251
    assert [fee.period for fee in due(interest("10.15", period="P1M"), history, "2026-05-15")] == ["2026-05-01"]
    assert [fee.period for fee in due(percentage("1", period="P1M"), history, "2026-07-01")] == ["2026-05-01"]


def test_days_after_a_reversal_are_charged_with_the_next_period() -> None:
    late_fee = interest("10", period="P1M")
    paid = an_invoice_due("1000", "2026-04-01", ("1000", "2026-05-10"))
    before = [fee.charged for fee in due(late_fee, paid, "2026-05-10")]
    again = an_invoice_due("1000", "2026-04-01", ("1000", "2026-05-10"), ("-1000", "2026-05-20"))
    assert due(late_fee, again, "2026-06-02", before) == []
    (fee,) = due(late_fee, again, "2026-07-02", before)
    assert [(span.first_day, span.last_day) for span in fee.spans] == [(day("2026-05-21"), day("2026-07-01"))]
    assert sum(each.amount for each in before) + fee.amount == 2219  # 39 + 42 days


def test_a_payment_recorded_late_lowers_the_next_interest_and_takes_nothing_back() -> None:
    late_fee = interest("10", period="P1M", automatic=True)
    (first,) = due(late_fee, an_invoice_due("1000", "2026-04-01"), "2026-05-02")
    late = an_invoice_due("1000", "2026-04-01", ("900", "2026-04-02"))
    months = ["2026-06-02", "2026-07-02", "2026-12-02", "2027-03-02", "2027-04-02"]
    assert [amounts(late_fee, late, by, [first.charged]) for by in months[:3]] == [[], [], []]
    assert sum(fee.amount for fee in due(late_fee, late, months[4], [first.charged])) + first.amount == 1025
    assert next_automatic_day(late_fee, late, [first.charged], day("2026-06-02")) == day("2026-07-02")


def test_a_voided_fee_is_not_charged_again() -> None:
    late_fee = interest("10", period="P1M")
    history = an_invoice_due("1000", "2026-04-01")
    waived = ChargedFee("daily_interest", "2026-05-01", day("2026-05-01"), 822)
    assert amounts(late_fee, history, "2026-06-02", [waived]) == ["8.49"]


def test_a_new_value_of_a_flat_fee_is_for_the_periods_to_come() -> None:
    history = an_invoice_due("2000", "2027-01-31")
    charged = [fee.charged for fee in due(percentage("1.5", period="P1M"), history, "2027-04-01")]
    assert amounts(percentage("2", period="P1M"), history, "2027-05-01", charged) == ["40.00"]
    charged = [fee.charged for fee in due(fixed("5", period="P7D"), history, "2027-04-01")]
    assert amounts(fixed("9", period="P7D"), history, "2027-04-05", charged) == ["9.00"]


@pytest.mark.parametrize("late_fee", [percentage("1", period="P1M"), fixed("5", period="P1M")])
def test_a_new_length_of_periods_charges_no_day_again(late_fee: LateFee) -> None:
    history = an_invoice_due("2000", "2027-01-31")
    charged = [fee.charged for fee in due(late_fee, history, "2027-04-01")]
    by_week = LateFee(type=late_fee.type, value=late_fee.value, period="P7D")
    assert [fee.period for fee in due(by_week, history, "2027-04-12", charged)] == ["2027-04-04", "2027-04-11"]
    single = LateFee(type=late_fee.type, value=late_fee.value)
    assert due(single, history, "2027-04-12", charged) == []


def test_the_maximum_is_of_all_fees_of_an_invoice() -> None:
    history = an_invoice_due("2000", "2027-01-31")
    late_fee = percentage("1.5", period="P1M", maximum=Decimal("70.00"), automatic=True)
    assert amounts(late_fee, history, "2028-01-31") == ["30.00", "30.00", "10.00"]
    charged = [fee.charged for fee in due(late_fee, history, "2028-01-31")]
    assert next_automatic_day(late_fee, history, charged[:2], day("2027-04-01")) == day("2027-05-01")
    assert next_automatic_day(late_fee, history, charged, day("2027-05-01")) is None
    assert amounts(interest("10", maximum=Decimal(75)), history, "2028-01-31", charged) == ["5.00"]


def test_the_maximum_is_never_exceeded_by_a_fraction_of_the_smallest_unit() -> None:
    history = an_invoice_due("100000", "2027-01-31", currency="JPY")
    assert amounts(interest("10", maximum=Decimal("99.9")), history, "2028-01-31") == ["99"]
    assert amounts(fixed("40.5"), history, "2028-01-31") == ["41"]


def test_a_single_fee_by_itself_waits_until_interest_comes_to_something() -> None:
    history = an_invoice_due("1000", "2026-03-31", currency="JPY")
    late_fee = interest("3", automatic=True)
    looked_at = [day("2026-03-31")]
    while not automatic(late_fee, history, looked_at[-1].isoformat()):
        coming = next_automatic_day(late_fee, history, (), looked_at[-1])
        assert coming is not None
        looked_at.append(coming)
    assert looked_at[-1] == day("2026-04-07")  # 7 days: 0.575
    charged = [fee.charged for fee in automatic_fees(late_fee, history, (), looked_at[-1])]
    assert next_automatic_day(late_fee, history, charged, looked_at[-1]) is None


@pytest.mark.parametrize("late_fee", [fixed("40", automatic=True), percentage("2", automatic=True)])
def test_an_invoice_that_is_due_again_is_charged_from_the_day_after(late_fee: LateFee) -> None:
    history = an_invoice_due("1000", "2026-03-31", ("1000", "2026-03-30"), ("-1000", "2026-05-20"))
    assert next_automatic_day(late_fee, history, (), day("2026-05-19")) == day("2026-05-21")
    assert automatic(late_fee, history, "2026-05-20") == []
    assert len(automatic(late_fee, history, "2026-05-21")) == 1


def test_a_percentage_of_less_than_the_smallest_unit_is_not_looked_at_every_day() -> None:
    history = an_invoice_due("0.10", "2026-03-31")
    assert next_automatic_day(percentage("1", automatic=True), history, (), day("2026-04-01")) is None


def test_what_was_missed_falls_due_the_next_day() -> None:
    late_fee = fixed("5", period="P7D", automatic=True)
    history = an_invoice_due("1000", "2026-03-31")
    assert next_automatic_day(late_fee, history, (), day("2026-03-31")) == day("2026-04-08")
    assert next_automatic_day(late_fee, history, (), day("2026-07-31")) == day("2026-08-01")
    assert len(automatic(late_fee, history, "2026-04-30")) == 4


def test_fees_that_are_not_automatic_are_charged_on_demand_only() -> None:
    history = an_invoice_due("1000", "2026-03-31")
    assert next_automatic_day(fixed("5"), history, (), day("2026-03-01")) is None
    assert automatic(fixed("5"), history, "2026-05-01") == []
    assert amounts(fixed("5"), history, "2026-05-01") == ["5.00"]


def test_the_calendar_ends_and_so_do_the_periods() -> None:
    history = an_invoice_due("1000", "9999-11-30")
    late_fee = fixed("5", period="P1M", automatic=True)
    assert [fee.period for fee in fees_due(late_fee, history, (), date.max)] == ["9999-12-30"]
    assert next_automatic_day(late_fee, history, (), date.max) is not None
    last = an_invoice_due("1000", "9999-12-31", changes=(AmountChange(date.max, -100),))
    assert list(fees_due(late_fee, last, (), date.max - timedelta(days=1))) == []


def test_days_of_grace_and_periods_begin_after_the_issue_date_where_that_is_later() -> None:
    issued_late = an_invoice_due("1000", "2024-02-15", issue_date=day("2026-11-20"))
    assert [amounts(fixed("40", grace_days=10), issued_late, by) for by in ("2026-11-30", "2026-12-01")] == [
        [],
        ["40.00"],
    ]
    (fee,) = due(percentage("1", period="P7D"), issued_late, "2026-11-28")
    assert fee.period == "2026-11-27"


def test_a_single_percentage_is_of_what_was_due_on_the_first_day_it_could_be_charged() -> None:
    history = an_invoice_due("1000", "2026-03-31", ("400", "2026-04-05"), ("500", "2026-04-20"))
    assert amounts(percentage("2"), history, "2026-05-01") == ["20.00"]
    assert amounts(percentage("2", grace_days=10), history, "2026-05-01") == ["12.00"]


def test_the_day_after_a_period_that_was_charged_is_not_looked_at() -> None:
    paid = an_invoice_due("1000", "2026-04-01", ("1000", "2026-04-10"))
    late_fee = interest("10", period="P1M", automatic=True)
    charged = [fee.charged for fee in due(late_fee, paid, "2026-04-10")]
    again = an_invoice_due("1000", "2026-04-01", ("1000", "2026-04-10"), ("-1000", "2026-04-20"))
    assert next_automatic_day(late_fee, again, charged, day("2026-04-20")) == day("2026-06-02")
