"""Discounts of lines and of invoices."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal

from invoicing.dataclass import dataclass
from invoicing.domain.errors import Detail, ValidationFailed
from invoicing.domain.money.amounts import to_minor, written
from invoicing.domain.money.rounding import Rounding, put, spread


@dataclass(frozen=True, slots=True, kw_only=True)
class Discount:
    """A reduction: ``fixed`` is an amount in major units, ``percentage`` a number of percent from 0 to 100."""

    type: Literal["fixed", "percentage"]
    value: Decimal


def taken_off(discount: Discount, base: int, currency: str, rounding: Rounding, field: str) -> int:
    """Return what a discount takes off ``base``, in minor units.

    `ValidationFailed` ``AMOUNT_INVALID``, and ``DISCOUNT_INVALID`` for an amount of more than that.
    """
    if discount.type == "percentage":
        return percent_of(discount.value, base, rounding)
    minor = minor_units(discount.value, currency, field)
    if minor > max(base, 0):
        message = f"{field} must be at most the amount it reduces, {written(max(base, 0), currency)} {currency}."
        if base < 0:
            message = f"{field} must be a percentage, as the amount it reduces is negative."
        raise ValidationFailed(Detail(field, message, "DISCOUNT_INVALID", discount.value))
    return minor


def spread_discount(
    discount: Discount,
    whole: int,
    alike: Mapping[Any, Sequence[int]],
    net: Sequence[int],
    taken: Sequence[int],
) -> list[int]:
    """Spread the invoice's discount over the rows that are taxed alike, then each share over its rows.

    ``net`` is what is left of each row after its own discount, ``taken``.
    """
    base = sum(net)
    ratio = Fraction(discount.value) / 100 if discount.type == "percentage" else Fraction(whole, base or 1)
    sums = [sum(net[index] for index in rows) for rows in alike.values()]
    shares = [0] * len(net)
    for rows, part in zip(alike.values(), spread(whole, sums, ratio=ratio, ties=list(alike)), strict=True):
        ties = [taken[index] for index in rows]
        put(shares, rows, spread(part, [net[index] for index in rows], ratio=ratio, ties=ties))
    return shares


def percent_of(percent: Decimal, base: int, rounding: Rounding) -> int:
    """Return a number of percent of an amount in minor units."""
    numerator, denominator = percent.as_integer_ratio()
    return rounding.divide(numerator * base, denominator * 100)


def minor_units(amount: Decimal, currency: str, field: str) -> int:
    """Return a client's amount in minor units; `ValidationFailed` ``AMOUNT_INVALID`` with too many decimals."""
    try:
        return to_minor(amount, currency)
    except ValueError as error:
        raise ValidationFailed(Detail(field, f"{field} {error}.", "AMOUNT_INVALID", amount)) from None
