"""How much of an invoice a client wants credited: by quantity, by amount, by percentage, or all that is left.

Each measure says which share of the whole line is credited then: a quantity or a percentage adds its part; an amount is
credited exactly, and the share is the credited part of the line's amount.
"""

from collections.abc import Sequence
from decimal import ROUND_DOWN, Decimal
from fractions import Fraction
from typing import NamedTuple

from invoicing.dataclass import dataclass
from invoicing.domain.errors import Conflict, Detail, ValidationFailed
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.invoices.line import Line, LineCredit
from invoicing.domain.money.amounts import EXACT, to_major, to_minor

NOTHING = LineCredit()
SIX_DECIMALS = Decimal("0.000001")


@dataclass(frozen=True, slots=True)
class CreditItem:
    """A line and how much of it a client wants credited: one of the three measures.

    ``amount`` is in major units, without tax, or with tax where prices include it; ``percentage`` is of the whole line.
    """

    line_id: str
    quantity: Decimal | None = None
    amount: Decimal | None = None
    percentage: Decimal | None = None


class Part(NamedTuple):
    """What is asked of a line, and the share of the line that is credited afterwards; ``amount`` in minor units."""

    share: Fraction
    quantity: Decimal | None = None
    amount: int | None = None
    percentage: Decimal | None = None


def parts_to_credit(invoice: Invoice, items: Sequence[CreditItem] | None) -> dict[str, Part]:
    """Return what is asked by line; `Conflict` and `ValidationFailed` as `lines_to_credit`, but for the sums."""
    rest = _all_that_is_left(invoice)
    if not rest:
        message = "This invoice has already been credited in full."
        raise Conflict("INVALID_INVOICE_STATE", message, status=str(invoice.status))
    return rest if items is None else _asked(invoice, items)


def _all_that_is_left(invoice: Invoice) -> dict[str, Part]:
    """Return the rest of each line: by quantity, unless another measure took more than the quantity's part."""
    rest: dict[str, Part] = {}
    for line in invoice.taxed_lines:
        before = invoice.credited.get(line.id, NOTHING)
        if before.share == 1:
            continue
        quantity = line.quantity - before.quantity
        if Fraction(quantity) / Fraction(line.quantity) == 1 - before.share:
            rest[line.id] = Part(Fraction(1), quantity=quantity)
        else:
            rest[line.id] = Part(Fraction(1), amount=amount_of(line, invoice) - before.amount)
    return rest


def _asked(invoice: Invoice, items: Sequence[CreditItem]) -> dict[str, Part]:
    lines = {line.id: line for line in invoice.taxed_lines}
    named: set[str] = set()
    parts: dict[str, Part] = {}
    wrong = []
    for index, item in enumerate(items):
        field = f"items[{index}].line_id"
        if item.line_id not in lines:
            wrong.append(Detail(field, f"{field} does not name a line of the invoice.", "LINE_NOT_FOUND", item.line_id))
            continue
        if item.line_id in named:
            wrong.append(Detail(field, f"{field} repeats a line; name each line once.", "LINE_REPEATED", item.line_id))
            continue
        named.add(item.line_id)
        part = _part(f"items[{index}]", item, lines[item.line_id], invoice)
        if isinstance(part, Detail):
            wrong.append(part)
        else:
            parts[item.line_id] = part
    if wrong:
        raise ValidationFailed(*wrong)
    return parts


def _part(field: str, item: CreditItem, line: Line, invoice: Invoice) -> Part | Detail:
    before = invoice.credited.get(line.id, NOTHING)
    match item.quantity, item.amount, item.percentage:
        case Decimal() as quantity, None, None:
            return _by_quantity(f"{field}.quantity", quantity, line, before)
        case None, Decimal() as amount, None:
            return _by_amount(f"{field}.amount", amount, line, before, invoice)
        case None, None, Decimal() as percentage:
            return _by_percentage(f"{field}.percentage", percentage, before)
    return Detail(field, f"{field} must have one of quantity, amount and percentage.", "MEASURE_INVALID")


def _by_quantity(field: str, quantity: Decimal, line: Line, before: LineCredit) -> Part | Detail:
    """Return the part of a quantity; the last of the quantity is all that is left of the line.

    So a line can come back as a whole after its price was lowered by an amount or a percentage.
    """
    most, left = line.quantity - before.quantity, 1 - before.share
    share = Fraction(1) if quantity == most else before.share + Fraction(quantity) / Fraction(line.quantity)
    if left and share <= 1 and _is_within(quantity, most):
        return Part(share, quantity=quantity)
    bounds = f"{_bounds(most)}, the quantity not yet credited"
    if left < Fraction(most) / Fraction(line.quantity):
        bounds = f"{_bounds(_cut(left * Fraction(line.quantity)))}, or {most:f} for all that is left of the line"
    return _too_much(field, bounds if left else None, "QUANTITY_EXCEEDS_INVOICE", quantity)


def _by_percentage(field: str, percentage: Decimal, before: LineCredit) -> Part | Detail:
    share = before.share + Fraction(percentage) / 100
    if share <= 1:
        return Part(share, percentage=percentage)
    left = _cut((1 - before.share) * 100)
    bounds = f"{_bounds(left)}, the percentage of the line not yet credited" if left else None
    return _too_much(field, bounds, "PERCENTAGE_EXCEEDS_INVOICE", percentage)


def _by_amount(field: str, amount: Decimal, line: Line, before: LineCredit, invoice: Invoice) -> Part | Detail:
    currency, whole = invoice.currency, amount_of(line, invoice)
    try:
        minor = to_minor(amount, currency)
    except ValueError as error:
        return Detail(field, f"{field} {error}.", "AMOUNT_INVALID", amount)
    left = whole - before.amount
    if _is_within(minor, left):
        # All that is left is the whole line, also of one that comes to 0 and of which a cent was credited by rounding.
        if minor == left:
            return Part(Fraction(1), amount=minor)
        return Part(Fraction(before.amount + minor, whole) if whole else before.share, amount=minor)
    tax = "with" if invoice.prices_include_tax else "without"
    bounds = f"{_bounds(to_major(left, currency))}, the amount of the line {tax} tax not yet credited"
    return _too_much(field, bounds if left else None, "AMOUNT_EXCEEDS_INVOICE", amount)


def _too_much(field: str, bounds: str | None, code: str, value: Decimal) -> Detail:
    """Return a wrong measure and its bounds, None where nothing of the line is left."""
    must = f"must be {bounds}" if bounds else "names a line of which nothing is left; leave it out"
    return Detail(field, f"{field} {must}.", code, value)


def _is_within(given: Decimal | int, most: Decimal | int) -> bool:
    return 0 < given <= most or most <= given < 0


def _bounds(most: Decimal) -> str:
    return f"below 0 and at least {most:f}" if most < 0 else f"above 0 and at most {most:f}"


def _cut(value: Fraction) -> Decimal:
    """Return a number of at most six decimals, as requests have, that is not further from 0."""
    number = EXACT.divide(Decimal(value.numerator), Decimal(value.denominator))
    return number.quantize(SIX_DECIMALS, ROUND_DOWN, EXACT).normalize(EXACT)


def amount_of(line: Line, invoice: Invoice) -> int:
    """Return the whole amount of a line after discounts, with its tax where prices include it."""
    return line.total if invoice.prices_include_tax else line.total - line.tax
