"""Amounts of money: integers in the currency's minor unit, never binary floats.

Source of the decimals: ISO 4217:2015, list one (maintenance agency's table of active codes).
"""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import cache

from invoicing.domain.money.currencies import EXPONENTS

EXACT = Context(prec=64, rounding=ROUND_HALF_UP)
"""Precise enough for quantity × price × rate at their largest, so that rounding happens only where a rule says so."""

MAX_DIGITS = 15
"""Most significant digits of a number: so many survive a binary float, as which many JSON clients read it."""

MAX_MINOR_UNITS = 10**MAX_DIGITS - 1
"""Largest amount in minor units."""

_MINOR_UNITS = tuple(Decimal(1).scaleb(-decimals) for decimals in range(max(EXPONENTS.values()) + 1))


def exponent(currency: str) -> int:
    """Return the decimals of an ISO 4217 currency code; `KeyError` when the code is not active."""
    return EXPONENTS[currency]


def minor_unit(currency: str) -> Decimal:
    """Return the factor from minor to major units: ``0.01`` for USD."""
    return _MINOR_UNITS[EXPONENTS[currency]]


def to_minor(amount: Decimal, currency: str) -> int:
    """Convert major to minor units exactly; `ValueError` when the amount has more decimals than the currency."""
    scaled = amount.scaleb(EXPONENTS[currency], EXACT)
    minor = int(scaled)
    if minor != scaled:
        raise ValueError(f"must have at most {EXPONENTS[currency]} decimals in {currency}")
    return minor


def to_major(minor: int, currency: str) -> Decimal:
    """Convert minor to major units with exactly the currency's decimals: 150000 USD is ``Decimal("1500.00")``."""
    return minor * minor_unit(currency)


def written(minor: int, currency: str) -> str:
    """Write the digits of `to_major`: 150000 USD is ``1500.00``."""
    return str(minor * minor_unit(currency))


def written_amounts(column: Sequence[int], currency: str) -> list[str]:
    """Write a column of amounts as `written` does."""
    if not any(column):
        return [written(0, currency)] * len(column)  # the discounts of most invoices
    if min(column) < 0:
        return [written(minor, currency) for minor in column]
    whole, fractions = 10 ** EXPONENTS[currency], _fractions(EXPONENTS[currency])
    return [f"{minor // whole}{fractions[minor % whole]}" for minor in column]


@cache
def _fractions(decimals: int) -> tuple[str, ...]:
    """Return how each number of minor units below one major unit is written."""
    return tuple(f".{minor:0{decimals}}" if decimals else "" for minor in range(10**decimals))


def round_to_minor(amount: Decimal, currency: str) -> int:
    """Round major to minor units, halves away from zero (EN 16931 requires half up)."""
    return int(amount.scaleb(EXPONENTS[currency], EXACT).to_integral_value(ROUND_HALF_UP))


def written_price(price: Decimal, currency: str) -> str:
    """Write the digits of `price_in_major`: 150 USD is ``150.00``, 0.0045 stays ``0.0045``."""
    return written_prices([price], currency)[0]


def written_prices(prices: Sequence[Decimal], currency: str) -> list[str]:
    """Write a column of prices as `written_price` does."""
    decimals = EXPONENTS[currency]
    point = slice(-decimals - 1, -decimals)
    return [
        digits if digits[point] == "." and "E" not in digits else _with_decimals(price, decimals)
        for price, digits in zip(prices, map(str, prices), strict=True)
    ]


def price_in_major(price: Decimal, currency: str) -> Decimal:
    """Give a unit price at least the currency's decimals: 150 USD is ``150.00``, 0.0045 stays ``0.0045``."""
    trimmed = price.normalize(EXACT)
    decimals = max(EXPONENTS[currency], -int(trimmed.as_tuple().exponent))
    return trimmed.quantize(Decimal(1).scaleb(-decimals), context=EXACT)


def _with_decimals(price: Decimal, least: int) -> str:
    whole, _, fraction = format(price, "f").partition(".")
    fraction = fraction.rstrip("0").ljust(least, "0")
    return f"{whole}.{fraction}" if fraction else whole
