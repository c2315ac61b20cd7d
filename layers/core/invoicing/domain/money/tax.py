"""Totals of an invoice: exact, independent of line order, and lines always add up.

Rule, after EN 16931-1 (BR-CO-10 to BR-CO-17 and the VAT breakdown rules BR-*-08, BR-*-09):

1. a line's amount is quantity × unit price ÷ price quantity, rounded half up to the currency's decimals;
2. a line's discount comes off first, then the invoice's discount, spread by largest remainder over the tax groups and
   inside each over its lines: a percentage is taken of what is left of each, an amount in proportion to that;
3. lines of the same category and rate are one group, whatever the name of the tax; its tax is the rate on the group's
   sum, rounded once, and spread over its lines, the rate on each, by largest remainder;
4. with prices that include tax the tax is taken out of the group's sum; ``subtotal`` and ``discount`` are always
   without tax, so that ``total = subtotal - discount + tax`` holds for every line and for the invoice.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction
from operator import add, sub, truediv
from typing import Literal, NamedTuple, Protocol

from invoicing.domain.columns import rows_of
from invoicing.domain.errors import Detail, ValidationFailed
from invoicing.domain.money.amounts import EXACT, MAX_MINOR_UNITS, exponent, to_minor, written
from invoicing.domain.money.rounding import divided, half_up, put, spread

ZERO = Decimal(0)
ONE = Decimal(1)
STANDARD_RATE = "S"


@dataclass(frozen=True, slots=True, kw_only=True)
class Discount:
    """A reduction: ``fixed`` is an amount in major units, ``percentage`` a number of percent from 0 to 100."""

    type: Literal["fixed", "percentage"]
    value: Decimal


class PricedLine(Protocol):
    """The values that determine a line's amounts.

    ``unit_price`` is the price of ``price_quantity`` units in major units; ``tax_rate`` is a fraction or None.
    """

    @property
    def quantity(self) -> Decimal: ...
    @property
    def unit_price(self) -> Decimal: ...
    @property
    def price_quantity(self) -> Decimal: ...
    @property
    def tax_rate(self) -> Decimal | None: ...
    @property
    def discount(self) -> Discount | None: ...
    @property
    def tax_category(self) -> str | None: ...
    @property
    def tax_name(self) -> str | None: ...


class LineAmounts(NamedTuple):
    """Amounts of a line in minor units; ``total = subtotal - discount + tax``."""

    subtotal: int
    discount: int
    tax: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TaxGroup:
    """The tax of all lines of one rate and category: ``tax`` is due on ``taxable``, both in minor units.

    ``category`` as `category_of`; ``name`` is None where the lines' names differ. ``exemption_reasons`` say why there
    is no tax, each once, and ``exemption_code`` is their code, None where the lines' codes differ
    (`invoicing.domain.invoices.exemptions`).
    """

    rate: Decimal
    category: str | None
    name: str | None
    taxable: int
    tax: int
    exemption_reasons: tuple[str, ...] = ()
    exemption_code: str | None = None


@dataclass(frozen=True, slots=True)
class Totals:
    """Amounts of an invoice in minor units, and those of each line in the order given."""

    subtotal: int
    discount: int
    tax: int
    total: int
    lines: tuple[LineAmounts, ...]
    breakdown: tuple[TaxGroup, ...]


type Group = tuple[Decimal, str]
"""Rate and category of a tax, an empty text without one: lines that share both are taxed together."""


def compute_totals(
    lines: Sequence[PricedLine],
    currency: str,
    *,
    tax_rate: Decimal = ZERO,
    discount: Discount | None = None,
    prices_include_tax: bool = False,
) -> Totals:
    """Compute the amounts of an invoice with these lines; ``tax_rate`` is for lines without their own.

    `ValidationFailed` for an impossible amount, discount or total.
    """
    rates = [tax_rate if line.tax_rate is None else line.tax_rate for line in lines]
    groups = lines_by_group(rates, [line.tax_category for line in lines])
    gross = _amounts(lines, currency)
    taken = [
        _discount(line.discount, amount, currency, f"items[{index}].discount") if line.discount else 0
        for index, (line, amount) in enumerate(zip(lines, gross, strict=True))
    ]
    net = list(map(sub, gross, taken))
    if discount is not None:
        shares = _shares(discount, groups, net, taken, currency)
        taken = list(map(add, taken, shares))
        net = list(map(sub, net, shares))
    tax, breakdown = _tax(groups, net, [line.tax_name for line in lines], included=prices_include_tax)
    if prices_include_tax:
        taken = [_without_tax(less, rate) if less else 0 for rate, less in zip(rates, taken, strict=True)]
        net = list(map(sub, net, tax))
    columns = {"subtotal": list(map(add, net, taken)), "discount": taken, "tax": tax, "total": list(map(add, net, tax))}
    sums = {name: sum(column) for name, column in columns.items()}
    totals = Totals(**sums, lines=rows_of(LineAmounts, columns), breakdown=breakdown)
    _require_possible(totals, currency)
    return totals


def category_of(category: str | None, rate: Decimal) -> str | None:
    """Return the category of a tax (EN 16931's codes): where none is given, a rate above 0 is the standard rate.

    A rate of 0 without a category stays without one: it does not say why no tax is due.
    """
    return category or (STANDARD_RATE if rate else None)


def lines_by_group(rates: Sequence[Decimal], categories: Sequence[str | None]) -> dict[Group, list[int]]:
    """Return the indexes of the lines of each tax group, the highest rate first."""
    given: dict[tuple[Decimal, str | None], list[int]] = defaultdict(list)
    for index, pair in enumerate(zip(rates, categories, strict=True)):
        given[pair].append(index)
    groups: dict[Group, list[int]] = defaultdict(list)
    for (rate, category), members in given.items():
        groups[rate, category_of(category, rate) or ""] += members
    return {group: sorted(groups[group]) for group in sorted(groups, reverse=True)}


def shared_name(names: Iterable[str | None]) -> str | None:
    """Return the name of a tax that all lines of a group give it, None where they differ."""
    different = set(names)
    return different.pop() if len(different) == 1 else None


def line_amount(line: PricedLine, currency: str) -> int:
    """Return quantity × price less the line's own discount, in minor units, as a reader can check on paper."""
    gross = _amounts([line], currency)[0]
    return gross - (_discount(line.discount, gross, currency, "discount") if line.discount else 0)


def _amounts(lines: Sequence[PricedLine], currency: str) -> list[int]:
    minor_units = Decimal(10 ** exponent(currency))
    with localcontext(EXACT):
        exact = [line.quantity * line.unit_price * minor_units for line in lines]
        per = [line.price_quantity for line in lines]
        if per.count(ONE) < len(per):
            exact = list(map(truediv, exact, per))  # to 64 digits, far more than set a quotient apart from a half
        amounts = [int(amount.to_integral_value()) for amount in exact]
    if max(map(abs, amounts), default=0) > MAX_MINOR_UNITS:
        index = next(index for index, amount in enumerate(amounts) if abs(amount) > MAX_MINOR_UNITS)
        message = f"quantity × unit_price of items[{index}] must be at most {written(MAX_MINOR_UNITS, currency)}."
        raise ValidationFailed(Detail(f"items[{index}].unit_price", message, "AMOUNT_INVALID"))
    return amounts


def _discount(discount: Discount, base: int, currency: str, field: str) -> int:
    if discount.type == "percentage":
        percent, whole = discount.value.as_integer_ratio()
        return divided(percent * base, whole * 100)
    try:
        minor = to_minor(discount.value, currency)
    except ValueError as error:
        raise ValidationFailed(Detail(field, f"{field} {error}.", "AMOUNT_INVALID", discount.value)) from None
    if minor > max(base, 0):
        message = f"{field} must be at most the amount it reduces, {written(max(base, 0), currency)} {currency}."
        if base < 0:
            message = f"{field} must be a percentage, as the amount it reduces is negative."
        raise ValidationFailed(Detail(field, message, "DISCOUNT_INVALID", discount.value))
    return minor


def _shares(
    discount: Discount, groups: Mapping[Group, Sequence[int]], net: Sequence[int], taken: Sequence[int], currency: str
) -> list[int]:
    """Spread the invoice's discount over the tax groups, then the share of each group over its lines."""
    base = sum(net)
    whole = _discount(discount, base, currency, "discount")
    ratio = Fraction(discount.value) / 100 if discount.type == "percentage" else Fraction(whole, base or 1)
    sums = [sum(net[index] for index in members) for members in groups.values()]
    shares = [0] * len(net)
    for members, part in zip(groups.values(), spread(whole, sums, ratio=ratio, ties=list(groups)), strict=True):
        ties = [taken[index] for index in members]
        put(shares, members, spread(part, [net[index] for index in members], ratio=ratio, ties=ties))
    return shares


def _tax(
    groups: Mapping[Group, Sequence[int]], net: Sequence[int], names: Sequence[str | None], *, included: bool
) -> tuple[list[int], tuple[TaxGroup, ...]]:
    tax = [0] * len(net)
    breakdown = []
    for (rate, category), members in groups.items():
        amounts = [net[index] for index in members]
        base = sum(amounts)
        part = taxed_part(rate, included=included)
        group_tax = half_up(base * part)
        put(tax, members, spread(group_tax, amounts, ratio=part))
        name = shared_name(names[index] for index in members)
        taxable = base - group_tax if included else base
        breakdown.append(TaxGroup(rate=rate, category=category or None, name=name, taxable=taxable, tax=group_tax))
    return tax, tuple(breakdown)


def taxed_part(rate: Decimal, *, included: bool) -> Fraction:
    """Return the tax as a part of the amounts it is computed from, which contain it where ``included``."""
    fraction = Fraction(rate)
    return fraction / (1 + fraction) if included else fraction


def _without_tax(amount: int, rate: Decimal) -> int:
    tax, net = rate.as_integer_ratio()
    return divided(amount * net, net + tax)


def _require_possible(totals: Totals, currency: str) -> None:
    if totals.total < 0:
        message = "items must not add up to a negative total; use a credit note instead."
        raise ValidationFailed(Detail("items", message, "TOTAL_NEGATIVE"))
    if max(abs(totals.subtotal), abs(totals.discount), abs(totals.tax), totals.total) > MAX_MINOR_UNITS:
        message = f"items must add up to at most {written(MAX_MINOR_UNITS, currency)}."
        raise ValidationFailed(Detail("items", message, "AMOUNT_INVALID"))
