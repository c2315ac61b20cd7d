"""Totals of an invoice: exact, independent of line order, and lines always add up.

Rule, after EN 16931-1 (BR-CO-10 to BR-CO-17 and the VAT breakdown rules BR-*-08, BR-*-09):

1. a line's amount is quantity × unit price ÷ price quantity, rounded to the currency's decimals;
2. a line's discount and allowances come off it, and its charges are added: percentages are of the line's amount;
3. the invoice's charges and allowances stand beside the lines: percentages are of the sum of the lines so far;
4. the invoice's discount comes off the lines, spread by largest remainder over those that are taxed alike and inside
   each over its lines: a percentage is taken of what is left of each, an amount in proportion to that;
5. tax is computed by tax group, rounded once, and spread over its lines (`invoicing.domain.money.tax`);
6. with prices that include tax the tax is taken out of the group's sum; all other figures are always without tax, so
   that ``total = subtotal - discount - allowances + charges + tax`` holds for every line and for the invoice.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal, localcontext
from itertools import repeat
from operator import add, mul, sub, truediv
from typing import Any, NamedTuple, Protocol

from invoicing.dataclass import dataclass
from invoicing.domain.columns import column, rows_of
from invoicing.domain.errors import Detail, ValidationFailed
from invoicing.domain.money.adjustments import LineAdjustments, NewAdjustment, NewDocumentAdjustment, adjusted, sum_of
from invoicing.domain.money.amounts import EXACT, MAX_MINOR_UNITS, exponent, written
from invoicing.domain.money.discounts import Discount, spread_discount, taken_off
from invoicing.domain.money.rounding import STANDARD, Rounding
from invoicing.domain.money.tax import ONE, ZERO, LineTax, Tax, TaxGroup
from invoicing.domain.money.taxing import InvoiceTax, Taxed, TaxedRows, tax_rows, taxed_alike


class Priced(Protocol):
    """What determines the price of a line: ``unit_price`` is for ``price_quantity`` units, in major units."""

    @property
    def quantity(self) -> Decimal: ...
    @property
    def unit_price(self) -> Decimal: ...
    @property
    def price_quantity(self) -> Decimal: ...
    @property
    def discount(self) -> Discount | None: ...


class PricedLine(Priced, Taxed, Protocol):
    """The values that determine a line's amounts."""

    @property
    def charges(self) -> tuple[NewAdjustment, ...]: ...
    @property
    def allowances(self) -> tuple[NewAdjustment, ...]: ...


class LineAmounts(NamedTuple):
    """Amounts of a line in minor units; ``total = subtotal - discount - allowances + charges + tax``."""

    subtotal: int
    discount: int
    tax: int
    total: int
    taxes: tuple[LineTax, ...] = ()
    adjustments: LineAdjustments | None = None


@dataclass(frozen=True, slots=True)
class Totals:
    """Amounts of an invoice in minor units, and those of each line, charge and allowance in the order given.

    A charge or allowance of the invoice is a line of quantity 1 or -1: what it adds, or takes off, is its subtotal.
    """

    subtotal: int
    discount: int
    tax: int
    total: int
    lines: tuple[LineAmounts, ...]
    breakdown: tuple[TaxGroup, ...]
    charges_total: int = 0
    allowances_total: int = 0
    charges: tuple[LineAmounts, ...] = ()
    allowances: tuple[LineAmounts, ...] = ()


def compute_totals(
    lines: Sequence[PricedLine],
    currency: str,
    *,
    tax_rate: Decimal = ZERO,
    taxes: tuple[Tax, ...] = (),
    discount: Discount | None = None,
    charges: Sequence[NewDocumentAdjustment] = (),
    allowances: Sequence[NewDocumentAdjustment] = (),
    prices_include_tax: bool = False,
    rounding: Rounding = STANDARD,
) -> Totals:
    """Compute the amounts of an invoice with these lines; ``tax_rate`` or ``taxes`` are for lines without their own.

    `ValidationFailed` for an impossible amount, discount or total.
    """
    default = InvoiceTax(tax_rate, taxes, prices_include_tax)
    gross = _amounts(lines, currency, rounding)
    taken = _own_discounts(lines, gross, currency, rounding)
    net = list(map(sub, gross, taken))
    adjustments = _line_adjustments(lines, gross, currency, rounding)
    for index, each in adjustments.items():
        net[index] += each.charges_total - each.allowances_total
    base = sum(net)
    added = adjusted(charges, base, currency, rounding, "charges")
    allowed = adjusted(allowances, base, currency, rounding, "allowances")
    if discount is not None:
        whole = taken_off(discount, base, currency, rounding, "discount")
        shares = spread_discount(discount, whole, taxed_alike(lines, default), net, taken)
        taken = list(map(add, taken, shares))
        net = list(map(sub, net, shares))
    beside = [each.amount for each in added] + [-each.amount for each in allowed]
    rows: Sequence[Taxed] = [*lines, *charges, *allowances] if beside else lines
    taxed = tax_rows(rows, net + beside, default, rounding)
    columns = _columns(taxed, taken + [0] * len(beside), adjustments, rounding)
    totals = _totals(columns, len(lines), len(charges), taxed.groups)
    _require_possible(totals, currency)
    return totals


def line_amount(line: Priced, currency: str, rounding: Rounding = STANDARD) -> int:
    """Return quantity × price less the line's own discount, in minor units, as a reader can check on paper."""
    gross = _amounts([line], currency, rounding)[0]
    return gross - (taken_off(line.discount, gross, currency, rounding, "discount") if line.discount else 0)


def _amounts(lines: Sequence[Priced], currency: str, rounding: Rounding) -> list[int]:
    minor_units = Decimal(10 ** exponent(currency))
    with localcontext(EXACT, rounding=rounding.of_decimals):
        prices = map(mul, column(lines, "quantity"), column(lines, "unit_price"))
        exact = list(map(mul, prices, repeat(minor_units)))
        per = column(lines, "price_quantity")
        if per.count(ONE) < len(per):
            exact = list(map(truediv, exact, per))  # to 64 digits, far more than set a quotient apart from a half
        amounts = [int(amount.to_integral_value()) for amount in exact]
    if max(map(abs, amounts), default=0) > MAX_MINOR_UNITS:
        index = next(index for index, amount in enumerate(amounts) if abs(amount) > MAX_MINOR_UNITS)
        message = f"quantity × unit_price of items[{index}] must be at most {written(MAX_MINOR_UNITS, currency)}."
        raise ValidationFailed(Detail(f"items[{index}].unit_price", message, "AMOUNT_INVALID"))
    return amounts


def _own_discounts(lines: Sequence[Priced], gross: Sequence[int], currency: str, rounding: Rounding) -> list[int]:
    return [
        taken_off(discount, amount, currency, rounding, f"items[{index}].discount") if discount else 0
        for index, (discount, amount) in enumerate(zip(column(lines, "discount"), gross, strict=True))
    ]


def _line_adjustments(
    lines: Sequence[PricedLine], gross: Sequence[int], currency: str, rounding: Rounding
) -> dict[int, LineAdjustments]:
    """Return the charges and allowances of the lines that have any, by index; totals still as prices are."""
    found: dict[int, LineAdjustments] = {}
    if not any(column(lines, "charges")) and not any(column(lines, "allowances")):
        return found
    for index, line in enumerate(lines):
        if line.charges or line.allowances:
            charges = adjusted(line.charges, gross[index], currency, rounding, f"items[{index}].charges")
            allowances = adjusted(line.allowances, gross[index], currency, rounding, f"items[{index}].allowances")
            found[index] = LineAdjustments(
                charges=charges,
                allowances=allowances,
                charges_total=sum_of(charges),
                allowances_total=sum_of(allowances),
            )
    return found


def _columns(
    taxed: TaxedRows, taken: Sequence[int], adjustments: Mapping[int, LineAdjustments], rounding: Rounding
) -> dict[str, Sequence[Any]]:
    """Return the amounts of all rows; what was taken off and added is without tax from here on."""
    discounts = [taxed.without_tax(row, less, rounding) if less else 0 for row, less in enumerate(taken)]
    subtotals = list(map(add, taxed.net, discounts))
    shown: list[LineAdjustments | None] = [None] * len(discounts)
    for row, each in adjustments.items():
        charges = taxed.without_tax(row, each.charges_total, rounding)
        allowances = taxed.without_tax(row, each.allowances_total, rounding)
        shown[row] = replace(each, charges_total=charges, allowances_total=allowances)
        subtotals[row] += allowances - charges
    return {
        "subtotal": subtotals,
        "discount": discounts,
        "tax": taxed.tax,
        "total": list(map(add, taxed.net, taxed.tax)),
        "taxes": taxed.taxes,
        "adjustments": shown,
    }


def _totals(columns: Mapping[str, Sequence[Any]], lines: int, charges: int, breakdown: tuple[TaxGroup, ...]) -> Totals:
    """Return the sums of so many lines, then charges, then allowances of the invoice."""
    rows, subtotals = rows_of(LineAmounts, columns), columns["subtotal"]
    own = [each for each in columns["adjustments"] if each]
    last = lines + charges
    return Totals(
        subtotal=sum(subtotals[:lines]),
        discount=sum(columns["discount"]),
        tax=sum(columns["tax"]),
        total=sum(columns["total"]),
        lines=rows[:lines] if lines < len(rows) else rows,
        breakdown=breakdown,
        charges_total=sum(each.charges_total for each in own) + sum(subtotals[lines:last]),
        allowances_total=sum(each.allowances_total for each in own) - sum(subtotals[last:]),
        charges=rows[lines:last],
        allowances=rows[last:],
    )


def _require_possible(totals: Totals, currency: str) -> None:
    if totals.total < 0:
        message = "items must not add up to a negative total; use a credit note instead."
        raise ValidationFailed(Detail("items", message, "TOTAL_NEGATIVE"))
    figures = (
        totals.subtotal,
        totals.discount,
        totals.tax,
        totals.total,
        totals.charges_total,
        totals.allowances_total,
    )
    if max(map(abs, figures)) > MAX_MINOR_UNITS:
        message = f"items must add up to at most {written(MAX_MINOR_UNITS, currency)}."
        raise ValidationFailed(Detail("items", message, "AMOUNT_INVALID"))
