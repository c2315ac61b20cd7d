"""Modes and levels of rounding."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invoicing.domain.money.discounts import Discount
from invoicing.domain.money.rounding import Mode, Rounding
from invoicing.domain.money.totals import compute_totals
from tests.builders import a_line


@pytest.mark.parametrize(
    ("mode", "rounded"),
    [
        ("half_up", [-3, -2, -1, 0, 1, 2, 3]),
        ("down", [-2, -1, 0, 0, 0, 1, 2]),
        ("half_even", [-2, -2, 0, 0, 0, 2, 2]),
    ],
)
def test_halves(mode: Mode, rounded: list[int]) -> None:
    halves = [Fraction(number, 2) for number in (-5, -3, -1, 0, 1, 3, 5)]
    assert [Rounding(mode=mode).fraction(half) for half in halves] == rounded


@given(st.fractions(), st.sampled_from(["half_up", "down", "half_even"]))
def test_no_mode_is_further_off_than_a_unit(exact: Fraction, mode: Mode) -> None:
    rounded = Rounding(mode=mode).fraction(exact)
    assert abs(rounded - exact) < 1
    assert abs(rounded - exact) <= Fraction(1, 2) or mode == "down"
    assert Rounding(mode=mode).fraction(-exact) == -rounded
    if mode == "half_even":
        assert rounded == round(exact)


def test_yen_are_rounded_down_once_per_rate() -> None:
    lines = [a_line("1", "99", "0.1"), a_line("1", "99", "0.1"), a_line("1", "99", "0.08")]
    totals = compute_totals(lines, "JPY", rounding=Rounding(mode="down"))
    assert [group.tax for group in totals.breakdown] == [19, 7]


@pytest.mark.parametrize(("mode", "amount"), [("half_up", 1), ("down", 0), ("half_even", 0)])
def test_amounts_of_lines_are_rounded_alike(mode: Mode, amount: int) -> None:
    assert compute_totals([a_line("1", "0.005")], "EUR", rounding=Rounding(mode=mode)).total == amount
    per_hundred = a_line("1", "0.5", price_quantity=Decimal(100))
    assert compute_totals([per_hundred], "EUR", rounding=Rounding(mode=mode)).total == amount


@pytest.mark.parametrize(("mode", "discount"), [("half_up", 3), ("down", 2), ("half_even", 2)])
def test_percentages_are_rounded_alike(mode: Mode, discount: int) -> None:
    half = Discount(type="percentage", value=Decimal(50))
    rounding = Rounding(mode=mode)
    assert compute_totals([a_line("1", "0.05")], "EUR", discount=half, rounding=rounding).discount == discount
    assert compute_totals([a_line("1", "0.05", discount=half)], "EUR", rounding=rounding).discount == discount


def test_at_the_level_of_lines_each_is_rounded_by_itself() -> None:
    lines = [a_line("1", "0.05", "0.1")] * 10
    assert compute_totals(lines, "EUR").tax == 5
    by_line = compute_totals(lines, "EUR", rounding=Rounding(level="line"))
    assert (by_line.tax, by_line.breakdown[0].tax, by_line.lines[0].tax) == (10, 10, 1)


def test_at_the_level_of_lines_tax_inside_prices_too() -> None:
    lines = [a_line("1", "10", "0.19")] * 3
    assert compute_totals(lines, "EUR", prices_include_tax=True).tax == 479
    by_line = compute_totals(lines, "EUR", prices_include_tax=True, rounding=Rounding(level="line"))
    assert (by_line.tax, by_line.total) == (480, 3000)
