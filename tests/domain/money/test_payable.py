"""The amount payable: withholdings, prepayments, cash rounding."""

from decimal import Decimal

import pytest
from hypothesis import given, reject
from hypothesis import strategies as st

from invoicing.domain.errors import ValidationFailed
from invoicing.domain.money.payable import NewPrepayment, NewWithholding, Payable, amount_payable, rounding_for
from invoicing.domain.money.rounding import STANDARD, Rounding, RoundingChoice

COINS = Rounding(cash=Decimal("0.05"))


def withheld(name: str, rate: str) -> NewWithholding:
    return NewWithholding(name=name, rate=Decimal(rate))


def prepaid(amount: str, tax: str | None = None) -> NewPrepayment:
    return NewPrepayment(amount=Decimal(amount), tax=Decimal(tax) if tax else None)


def test_withholdings_are_of_the_total_without_tax() -> None:
    payable = amount_payable(121000, 21000, "EUR", withholdings=[withheld("IRPF", "0.15")], rounding=STANDARD)
    assert payable.withheld_total == 15000
    several = [withheld("A", "0.15"), withheld("B", "0.000001")]
    assert [
        each.amount for each in amount_payable(12345, 345, "EUR", withholdings=several, rounding=STANDARD).withholdings
    ] == [1800, 0]


@pytest.mark.parametrize(
    ("total", "rounding_amount"), [(2086, -1), (2087, -2), (2088, 2), (2085, 0), (2, -2), (3, 2), (0, 0)]
)
def test_cash_is_rounded_to_the_nearest_coin(total: int, rounding_amount: int) -> None:
    assert amount_payable(total, 0, "CHF", rounding=COINS).rounding_amount == rounding_amount


def test_half_a_coin_is_rounded_up() -> None:
    assert amount_payable(2005, 0, "SEK", rounding=Rounding(cash=Decimal("0.1"))).rounding_amount == 5
    assert amount_payable(2050, 0, "SEK", rounding=Rounding(cash=Decimal(1))).rounding_amount == 50


def test_what_was_paid_before_lowers_what_is_payable() -> None:
    payable = amount_payable(11900, 1900, "EUR", prepayments=[prepaid("50", "7.98"), prepaid("69")], rounding=STANDARD)
    assert payable.prepaid_total == 11900
    with pytest.raises(ValidationFailed) as refused:
        amount_payable(11900, 1900, "EUR", prepayments=[prepaid("119.01")], rounding=STANDARD)
    assert [(detail.field, detail.code) for detail in refused.value.details] == [
        ("prepayments", "PREPAYMENTS_EXCEED_TOTAL")
    ]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        (prepaid("1.001"), "prepayments[0].amount"),
        (prepaid("1", "0.001"), "prepayments[0].tax"),
        (prepaid("1", "1.01"), "prepayments[0].tax"),
    ],
)
def test_prepayments_are_amounts_of_the_currency(given: NewPrepayment, field: str) -> None:
    with pytest.raises(ValidationFailed) as refused:
        amount_payable(10000, 0, "EUR", prepayments=[given], rounding=STANDARD)
    assert [(detail.field, detail.code) for detail in refused.value.details] == [(field, "AMOUNT_INVALID")]


def test_no_more_is_withheld_than_the_total() -> None:
    with pytest.raises(ValidationFailed) as refused:
        amount_payable(100, 0, "EUR", withholdings=[withheld("A", "0.6"), withheld("B", "0.5")], rounding=STANDARD)
    assert refused.value.details[0].code == "WITHHOLDINGS_EXCEED_TOTAL"


def test_nothing_of_all_this_makes_all_of_the_total_payable() -> None:
    assert amount_payable(100, 0, "EUR", rounding=STANDARD) == Payable()


@given(
    st.integers(0, 10**9),
    st.lists(st.integers(0, 200), max_size=5),
    st.lists(st.integers(1, 10**5), max_size=3),
    st.sampled_from(["0", "0.05", "0.1", "1", "5"]),
)
def test_what_is_payable_is_never_below_nothing(total: int, rates: list[int], before: list[int], cash: str) -> None:
    try:
        payable = amount_payable(
            total,
            0,
            "CHF",
            withholdings=[withheld("A", str(Decimal(rate).scaleb(-3))) for rate in rates],
            prepayments=[prepaid(str(Decimal(amount).scaleb(-2))) for amount in before],
            rounding=Rounding(cash=Decimal(cash)),
        )
    except ValidationFailed:
        reject()  # more is withheld and prepaid than there is
    left = total - payable.withheld_total - payable.prepaid_total
    step = int(Decimal(cash) * 100)
    assert left >= 0
    assert left + payable.rounding_amount >= 0
    assert abs(payable.rounding_amount) * 2 <= step
    if step:
        assert (left + payable.rounding_amount) % step == 0


def test_an_invoices_rounding_goes_over_the_accounts_member_by_member() -> None:
    account = Rounding(level="line", mode="down", cash=Decimal("0.05"))
    assert rounding_for("CHF", None, account) == account
    choice = RoundingChoice(mode="half_even")
    assert rounding_for("CHF", choice, account) == Rounding(level="line", mode="half_even", cash=Decimal("0.05"))
    assert rounding_for("CHF", RoundingChoice(cash=Decimal(0)), account).cash == 0


def test_cash_rounding_fits_the_currency() -> None:
    assert rounding_for("JPY", None, COINS).cash == 0
    with pytest.raises(ValidationFailed) as refused:
        rounding_for("JPY", RoundingChoice(cash=Decimal("0.05")), STANDARD)
    assert [(detail.field, detail.code) for detail in refused.value.details] == [("rounding.cash", "ROUNDING_INVALID")]
