"""Totals: the contract's example, and each rule by example."""

from decimal import Decimal
from typing import Literal

import pytest

from invoicing.domain.errors import ValidationFailed
from invoicing.domain.invoices.lines import NewLine
from invoicing.domain.money.amounts import MAX_MINOR_UNITS
from invoicing.domain.money.discounts import Discount
from invoicing.domain.money.totals import LineAmounts, Totals, compute_totals
from tests.builders import a_line


def percent(value: str) -> Discount:
    return Discount(type="percentage", value=Decimal(value))


def fixed(value: str) -> Discount:
    return Discount(type="fixed", value=Decimal(value))


def totals(*lines: NewLine, discount: Discount | None = None, included: bool = False, currency: str = "USD") -> Totals:
    return compute_totals(lines, currency, discount=discount, prices_include_tax=included)


def refusal(*lines: NewLine, discount: Discount | None = None, currency: str = "USD") -> tuple[str, str]:
    with pytest.raises(ValidationFailed) as refused:
        totals(*lines, discount=discount, currency=currency)
    (detail,) = refused.value.details
    return detail.field, detail.code


def test_the_worked_example_of_the_contract() -> None:
    result = totals(a_line("10", "150.00", "0.08"), a_line("1", "200.00", "0.08"))
    assert (result.subtotal, result.tax, result.total) == (170000, 13600, 183600)
    assert result.lines[0] == LineAmounts(subtotal=150000, discount=0, tax=12000, total=162000)
    assert result.lines[1] == LineAmounts(subtotal=20000, discount=0, tax=1600, total=21600)


def test_tax_is_rounded_once_for_all_lines_of_a_rate() -> None:
    """Three times 0.05 at 10 %: each line's tax rounds up to 0.01, their sum's is 0.015 and rounds to 0.02."""
    result = totals(*[a_line("1", "0.05", "0.10")] * 3)
    assert result.tax == 2
    assert sorted(line.tax for line in result.lines) == [0, 1, 1]


def test_rates_written_differently_are_one_rate() -> None:
    result = totals(a_line("1", "0.05", "0.1"), a_line("1", "0.05", "0.10"))
    assert [(group.taxable, group.tax) for group in result.breakdown] == [(10, 1)]


def test_the_breakdown_tells_rates_and_categories_apart_highest_rate_first() -> None:
    result = totals(
        a_line("1", "10", "0.07"),
        a_line("1", "20", "0.19", tax_name="VAT"),
        a_line("1", "30", "0", tax_category="E"),
        a_line("1", "40", "0", tax_category="Z"),
        a_line("1", "50", "0.19"),
    )
    assert [(str(group.rate), group.category, group.name, group.taxable, group.tax) for group in result.breakdown] == [
        ("0.19", "S", None, 7000, 1330),
        ("0.07", "S", None, 1000, 70),
        ("0", "Z", None, 4000, 0),
        ("0", "E", None, 3000, 0),
    ]


def test_a_lines_discount_comes_off_before_the_invoices() -> None:
    result = totals(a_line("1", "100", discount=percent("10")), a_line("1", "10"), discount=percent("10"))
    assert [line.discount for line in result.lines] == [1900, 100]
    assert (result.subtotal, result.discount, result.total) == (11000, 2000, 9000)


def test_a_fixed_discount_is_spread_in_proportion_and_comes_off_before_tax() -> None:
    result = totals(a_line("1", "75", "0.10"), a_line("1", "25", "0.20"), discount=fixed("10.00"))
    assert [line.discount for line in result.lines] == [750, 250]
    assert [line.tax for line in result.lines] == [675, 450]
    assert result.total == 9000 + 1125


@pytest.mark.parametrize("included", [False, True])
@pytest.mark.parametrize(
    "lines",
    [
        [("1", "99.99", "0.08")],
        [("3", "0.005", "0.19"), ("7", "1.13", "0.07")],
        [("1", "100", "0.20"), ("1", "-100", "0")],
        [("1", "100", "0.20"), ("1", "-30", "0.20")],
    ],
)
def test_a_hundred_percent_discount_is_zero(lines: list[tuple[str, str, str]], included: bool) -> None:
    result = totals(*(a_line(*line) for line in lines), discount=percent("100"), included=included)
    assert (result.total, result.tax) == (0, 0)
    assert {line.total for line in result.lines} == {0}


def test_a_percentage_is_taken_of_every_line_even_where_lines_nearly_cancel_each_other() -> None:
    """Half off 100.01 and off a credit of 100.00: the credit must not turn it into everything off."""
    result = totals(a_line("1", "100.01", "0.20"), a_line("1", "-100.00"), discount=percent("50"))
    assert [line.discount for line in result.lines] == [5001, -5000]
    assert result.tax == 1000


def test_the_tax_of_a_line_follows_its_rate_even_where_lines_nearly_cancel_each_other() -> None:
    result = totals(a_line("1", "100.03", "0.20"), a_line("1", "-100.00", "0.20"))
    assert [line.tax for line in result.lines] == [2001, -2000]


def test_prices_that_include_tax_have_it_taken_out() -> None:
    result = totals(a_line("1", "119.00", "0.19"), a_line("2", "59.50", "0.19"), included=True)
    assert (result.subtotal, result.tax, result.total) == (20000, 3800, 23800)
    assert [(group.taxable, group.tax) for group in result.breakdown] == [(20000, 3800)]


def test_a_discount_on_prices_that_include_tax_is_shown_without_tax() -> None:
    result = totals(a_line("1", "119.00", "0.19"), discount=fixed("11.90"), included=True)
    assert (result.subtotal, result.discount, result.tax, result.total) == (10000, 1000, 1710, 10710)


def test_equal_lines_in_any_order_give_the_same_subtotal_when_prices_include_tax() -> None:
    """After its own discount one line costs what the other does: who bears the odd cent must not depend on order."""
    lines = [a_line("1", "1.00", "0.50"), a_line("1", "1.01", "0.50", discount=fixed("0.01"))]
    both = [totals(*order, discount=fixed("0.01"), included=True) for order in (lines, lines[::-1])]
    assert (both[0].subtotal, both[0].discount) == (both[1].subtotal, both[1].discount)


@pytest.mark.parametrize(("currency", "tax", "total"), [("JPY", 8, 108), ("USD", 800, 10800), ("KWD", 8000, 108000)])
def test_amounts_are_in_the_currencys_smallest_unit(currency: str, tax: int, total: int) -> None:
    result = totals(a_line("1", "100", "0.08"), currency=currency)
    assert (result.tax, result.total) == (tax, total)


def test_a_credit_line_lowers_the_total() -> None:
    result = totals(a_line("1", "100", "0.10"), a_line("1", "-40", "0.10"))
    assert (result.subtotal, result.tax, result.total) == (6000, 600, 6600)


def test_half_a_cent_rounds_up() -> None:
    assert totals(a_line("0.5", "0.01")).total == 1
    assert totals(a_line("1", "0.01"), discount=percent("50")).total == 0


def test_a_line_of_a_million_tiny_prices_loses_nothing() -> None:
    assert totals(a_line("1000000", "0.000001")).total == 100
    assert totals(a_line("0.000001", "1000000")).total == 100


def test_a_price_can_be_that_of_many_units() -> None:
    line = a_line("1951593", "5.48", price_quantity=Decimal(1_000_000))
    assert totals(line).total == totals(a_line("1951593", "0.00000548")).total == 1069
    assert totals(a_line("1", "1.00", price_quantity=Decimal(3))).total == 33
    assert totals(a_line("1", "0.03", price_quantity=Decimal(6))).total == 1  # half a cent is rounded up


def test_the_total_cannot_be_negative() -> None:
    assert refusal(a_line("1", "10"), a_line("1", "-10.01")) == ("items", "TOTAL_NEGATIVE")
    assert totals(a_line("1", "10"), a_line("1", "-10.00")).total == 0


@pytest.mark.parametrize("price", ["100", "-100"])
def test_a_fixed_discount_is_at_most_what_it_is_taken_off(price: str) -> None:
    line = a_line("1", price, discount=fixed("100.01"))
    assert refusal(a_line("1", "500"), line) == ("items[1].discount", "DISCOUNT_INVALID")
    assert refusal(a_line("1", "100"), discount=fixed("100.01")) == ("discount", "DISCOUNT_INVALID")


@pytest.mark.parametrize(("currency", "value"), [("USD", "0.001"), ("JPY", "0.5"), ("KWD", "0.0001")])
def test_a_fixed_discount_has_no_more_decimals_than_the_currency(currency: str, value: str) -> None:
    line = a_line("1", "100", discount=fixed(value))
    assert refusal(line, currency=currency) == ("items[0].discount", "AMOUNT_INVALID")


def test_amounts_have_an_upper_limit() -> None:
    most = str(Decimal(MAX_MINOR_UNITS) / 100)
    assert totals(a_line("1", most)).total == MAX_MINOR_UNITS
    beyond = str(Decimal(MAX_MINOR_UNITS + 1) / 100)
    assert refusal(a_line("1", "1"), a_line("1", beyond)) == ("items[1].unit_price", "AMOUNT_INVALID")
    assert refusal(a_line("1", f"-{beyond}")) == ("items[0].unit_price", "AMOUNT_INVALID")


@pytest.mark.parametrize("rate", ["0", "1"])
def test_the_total_keeps_to_the_limit_too(rate: Literal["0", "1"]) -> None:
    """Every JSON client must read the total exactly, which ends at 2 to the power of 53."""
    most = str(Decimal(MAX_MINOR_UNITS) / 100)
    assert refusal(*[a_line("1", most, rate)] * 500) == ("items", "AMOUNT_INVALID")
