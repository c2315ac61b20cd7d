"""Money: exact integers of the currency's smallest unit."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invoicing.domain.money.amounts import (
    MAX_MINOR_UNITS,
    exponent,
    price_in_major,
    round_to_minor,
    to_major,
    to_minor,
    written,
    written_amounts,
)
from invoicing.domain.money.currencies import EXPONENTS

currencies = st.sampled_from(sorted(EXPONENTS))
amounts = st.integers(-MAX_MINOR_UNITS, MAX_MINOR_UNITS)


@pytest.mark.parametrize(
    ("currency", "decimals"), [("JPY", 0), ("USD", 2), ("EUR", 2), ("KWD", 3), ("TND", 3), ("CLF", 4), ("UYW", 4)]
)
def test_a_currency_has_the_decimals_of_iso_4217(currency: str, decimals: int) -> None:
    assert exponent(currency) == decimals


@pytest.mark.parametrize(
    ("minor", "currency", "written"),
    [
        (150000, "USD", "1500.00"),
        (5, "USD", "0.05"),
        (0, "USD", "0.00"),
        (-5, "USD", "-0.05"),
        (1500, "JPY", "1500"),
        (1500, "KWD", "1.500"),
        (1, "CLF", "0.0001"),
        (MAX_MINOR_UNITS, "USD", "9999999999999.99"),
    ],
)
def test_major_units_are_written_with_all_decimals_of_the_currency(minor: int, currency: str, written: str) -> None:
    assert str(to_major(minor, currency)) == written


@given(st.lists(amounts) | st.lists(st.integers(0, 2000)), currencies)
def test_a_column_of_amounts_is_written_as_each_is(column: list[int], currency: str) -> None:
    assert written_amounts(column, currency) == [written(minor, currency) for minor in column]


@given(amounts, currencies)
def test_minor_to_major_and_back_changes_nothing(minor: int, currency: str) -> None:
    assert to_minor(to_major(minor, currency), currency) == minor


@pytest.mark.parametrize(("amount", "currency"), [("1.5", "JPY"), ("0.001", "USD"), ("0.0001", "KWD"), ("1E-5", "CLF")])
def test_an_amount_with_more_decimals_than_the_currency_is_refused(amount: str, currency: str) -> None:
    with pytest.raises(ValueError, match=f"at most {exponent(currency)} decimals in {currency}"):
        to_minor(Decimal(amount), currency)


@pytest.mark.parametrize(("amount", "minor"), [("1.50", 150), ("1.5000", 150), ("2E+3", 200000)])
def test_how_an_amount_is_written_makes_no_difference(amount: str, minor: int) -> None:
    assert to_minor(Decimal(amount), "USD") == minor


@pytest.mark.parametrize(
    ("amount", "currency", "minor"),
    [
        ("0.005", "USD", 1),
        ("0.0049999999999999999999999999", "USD", 0),
        ("-0.005", "USD", -1),
        ("-0.0049999999999999999999999999", "USD", 0),
        ("1.005", "USD", 101),
        ("2.675", "USD", 268),
        ("0.5", "JPY", 1),
        ("1.5", "JPY", 2),
        ("-2.5", "JPY", -3),
        ("0.0005", "KWD", 1),
        ("0.00005", "CLF", 1),
        ("123456789012345678.005", "USD", 12345678901234567801),
    ],
)
def test_halves_are_rounded_away_from_zero(amount: str, currency: str, minor: int) -> None:
    assert round_to_minor(Decimal(amount), currency) == minor


@given(st.decimals(-(10**21), 10**21, places=12), currencies)
def test_rounding_is_symmetric_and_off_by_half_a_unit_at_most(amount: Decimal, currency: str) -> None:
    minor = round_to_minor(amount, currency)
    assert round_to_minor(-amount, currency) == -minor
    assert abs(to_major(minor, currency) - amount) * 2 * 10 ** exponent(currency) <= 1


@pytest.mark.parametrize(
    ("price", "currency", "written"),
    [
        ("150", "USD", "150.00"),
        ("0.0045", "USD", "0.0045"),
        ("0.004500", "USD", "0.0045"),
        ("1E+3", "USD", "1000.00"),
        ("0", "USD", "0.00"),
        ("-3", "KWD", "-3.000"),
        ("150.0", "JPY", "150"),
        ("0.5", "JPY", "0.5"),
    ],
)
def test_a_unit_price_shows_the_currencys_decimals_and_those_it_needs(price: str, currency: str, written: str) -> None:
    assert str(price_in_major(Decimal(price), currency)) == written


@given(st.decimals(-(10**12), 10**12, places=6), currencies)
def test_a_unit_price_is_never_changed_by_the_way_it_is_shown(price: Decimal, currency: str) -> None:
    assert price_in_major(price, currency) == price
