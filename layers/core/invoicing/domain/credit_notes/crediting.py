"""What of an invoice is credited: by quantity, by amount, by percentage, or all that is left.

Each measure says which share of the whole line is credited then: a quantity or a percentage adds its part; an amount is
credited exactly, and the share is the credited part of the line's amount. What is credited of a line is its figures in
proportion to the share, each rounded; the tax of a group is its rate on what is credited of the group, rounded once, or
for each line where the invoice rounds so. The invoice's charges and allowances are credited as lines are. A note has
what is credited after it less what was credited before. So any sequence of notes that credits everything adds up to the
invoice to the cent, in any order, by any measures and however small the parts.
"""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_DOWN, Decimal
from fractions import Fraction
from typing import NamedTuple

from invoicing.domain.credit_notes.credit_note import CreditLine, Kind
from invoicing.domain.errors import Conflict, Detail, ValidationFailed
from invoicing.domain.invoices.invoice import Invoice, Line, LineCredit
from invoicing.domain.invoices.lines import taxed_alike
from invoicing.domain.money.amounts import EXACT, to_major, to_minor
from invoicing.domain.money.rounding import summed
from invoicing.domain.money.tax import Members, tax_groups_of

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


def lines_to_credit(invoice: Invoice, items: Sequence[CreditItem] | None) -> tuple[CreditLine, ...]:
    """Return the lines of a credit note, in the order of the invoice; ``items`` None credits all that is left.

    `Conflict` ``INVALID_INVOICE_STATE`` when nothing is left. `ValidationFailed` ``LINE_NOT_FOUND``, ``LINE_REPEATED``,
    ``MEASURE_INVALID``, ``AMOUNT_INVALID``, ``QUANTITY_EXCEEDS_INVOICE``, ``AMOUNT_EXCEEDS_INVOICE`` and
    ``PERCENTAGE_EXCEEDS_INVOICE``, naming every wrong item; ``TOTAL_NOT_POSITIVE`` when the lines do not add up to more
    than 0, and ``AMOUNT_EXCEEDS_INVOICE`` when all credit notes together would exceed the invoice, which happens when
    its negative lines are left out.
    """
    lines = credit_lines(invoice, parts_to_credit(invoice, items))
    _require_possible(invoice, sum(line.total for line in lines))
    return lines


def parts_to_credit(invoice: Invoice, items: Sequence[CreditItem] | None) -> dict[str, Part]:
    """Return what is asked by line; `Conflict` and `ValidationFailed` as `lines_to_credit`, but for the sums."""
    rest = _all_that_is_left(invoice)
    if not rest:
        message = "This invoice has already been credited in full."
        raise Conflict("INVALID_INVOICE_STATE", message, status=str(invoice.status))
    return rest if items is None else _asked(invoice, items)


def credit_lines(invoice: Invoice, parts: Mapping[str, Part], *, total: int | None = None) -> tuple[CreditLine, ...]:
    """Return what is credited with these parts less what was credited before; taxes spread as in invoices.

    With a ``total``, the tax of the largest line takes what rounding leaves of it.
    """
    lines = invoice.taxed_lines
    here = [row for row, line in enumerate(lines) if line.id in parts]
    before = [invoice.credited.get(line.id, NOTHING) for line in lines]
    after = [
        _credited(line, parts[line.id], then, invoice) if line.id in parts else then
        for line, then in zip(lines, before, strict=True)
    ]
    new = [_difference(now, then) for now, then in zip(after, before, strict=True)]
    taxes: dict[int, dict[str, int]] = {row: {} for row in here}
    for group in tax_groups_of(taxed_alike(lines), included=invoice.prices_include_tax):
        for row, tax in _taxes(group, invoice, before, after, set(here)).items():
            taxes[row][group.key.name] = tax
    if total is not None and not invoice.prices_include_tax:
        rest = total - sum(each.amount for each in new) - sum(sum(of.values()) for of in taxes.values())
        largest = max(here, key=lambda row: (bool(lines[row].tax_rate), abs(new[row].amount)))
        taxes[largest][next(iter(taxes[largest]))] += rest
    kinds: list[Kind] = ["line"] * len(invoice.lines)
    kinds += ["charge"] * len(invoice.charges)
    kinds += ["allowance"] * len(invoice.allowances)
    included = invoice.prices_include_tax
    return tuple(
        _credit_line(
            lines[row],
            kinds[row],
            parts[lines[row].id],
            new[row],
            taxes[row],
            included=included,
            share=parts[lines[row].id].share - before[row].share,
        )
        for row in here
    )


def _taxes(
    group: Members, invoice: Invoice, before: Sequence[LineCredit], after: Sequence[LineCredit], here: Container[int]
) -> dict[int, int]:
    """Return the tax of a group by row of a note: of all that is credited after it, less that before it."""
    lines, rounding = invoice.taxed_lines, invoice.rounding
    rows = [row for row in group.rows if row in here]
    if not rows:
        return {}
    now = [each.amount for each in after]
    earlier = {row: _tax_before(lines[row], before[row], group.key.name) for row in group.rows}
    if rounding.level == "line":
        by_row = zip(group.rows, group.rounded_by_row(now, rounding), strict=True)
        return {row: tax - earlier[row] for row, tax in by_row if row in here}
    tax = group.tax(now, rounding) - sum(earlier.values())
    amounts = [each.amount - then.amount for each, then in zip(after, before, strict=True)]
    return dict(zip(rows, group.spread(tax, amounts, rows), strict=True))


def _tax_before(line: Line, before: LineCredit, name: str) -> int:
    """Return what is credited of a line's tax of this name, or of its only tax."""
    by_name = dict(zip([tax.name for tax in line.taxes], before.taxes, strict=False))
    return by_name.get(name, 0) if line.taxes else before.tax


def with_credit(invoice: Invoice, lines: Iterable[CreditLine], *, times: int = 1) -> dict[str, LineCredit]:
    """Return what is credited of each line of the invoice after a note of these lines; ``times`` -1 voids it."""
    credited = {**invoice.credited}
    for line in lines:
        before = credited.pop(line.line_id, NOTHING)
        amount = line.total if invoice.prices_include_tax else line.total - line.tax
        taxes = summed(before.taxes, [times * tax.amount for tax in line.taxes])
        after = LineCredit(
            quantity=before.quantity + times * (line.quantity or 0),
            share=before.share + times * line.share,
            amount=before.amount + times * amount,
            discount_amount=before.discount_amount + times * line.discount_amount,
            charges_total=before.charges_total + times * line.charges_total,
            allowances_total=before.allowances_total + times * line.allowances_total,
            tax=before.tax + times * line.tax,
            taxes=taxes if any(taxes) else (),
        )
        if after != NOTHING:
            credited[line.line_id] = after
    return credited


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
        return Part(Fraction(1) if minor == left else Fraction(before.amount + minor, whole), amount=minor)
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


def _credited(line: Line, part: Part, before: LineCredit, invoice: Invoice) -> LineCredit:
    """Return what is credited of a line after this part, without its tax."""

    def share(of: int) -> int:
        return invoice.rounding.fraction(of * part.share) if of else 0

    discount, charges, allowances = map(share, (line.discount_amount, line.charges_total, line.allowances_total))
    if part.amount is not None:
        amount = before.amount + part.amount
    elif invoice.prices_include_tax:
        amount = share(line.total)
    else:
        amount = share(line.subtotal) - discount - allowances + charges
    return LineCredit(amount=amount, discount_amount=discount, charges_total=charges, allowances_total=allowances)


def _difference(now: LineCredit, then: LineCredit) -> LineCredit:
    """Return the amounts of a note."""
    return LineCredit(
        amount=now.amount - then.amount,
        discount_amount=now.discount_amount - then.discount_amount,
        charges_total=now.charges_total - then.charges_total,
        allowances_total=now.allowances_total - then.allowances_total,
    )


def _require_possible(invoice: Invoice, total: int) -> None:
    currency = invoice.currency
    if total <= 0:
        message = "items must add up to more than 0; credit lines with a positive amount."
        raise ValidationFailed(Detail("items", message, "TOTAL_NOT_POSITIVE", to_major(total, currency)))
    most = invoice.total - invoice.amount_credited
    if total > most:
        given, left = to_major(total, currency), to_major(most, currency)
        message = f"items must add up to at most {left}, the rest of the invoice; credit its negative lines too."
        raise ValidationFailed(Detail("items", message, "AMOUNT_EXCEEDS_INVOICE", given))


def _credit_line(
    line: Line, kind: Kind, part: Part, new: LineCredit, taxes: Mapping[str, int], *, included: bool, share: Fraction
) -> CreditLine:
    tax = sum(taxes.values())
    net = new.amount - (tax if included else 0)
    return CreditLine(
        line_id=line.id,
        description=line.description,
        quantity=part.quantity,
        amount=part.amount,
        percentage=part.percentage,
        share=share,
        unit=line.unit,
        unit_price=line.unit_price,
        price_quantity=line.price_quantity,
        tax_rate=line.tax_rate,
        tax_category=line.tax_category,
        tax_name=line.tax_name,
        subtotal=net + new.discount_amount + new.allowances_total - new.charges_total,
        discount_amount=new.discount_amount,
        tax=tax,
        total=net + tax,
        kind=kind,
        taxes=tuple(replace(each, amount=taxes[each.name]) for each in line.taxes),
        charges_total=new.charges_total,
        allowances_total=new.allowances_total,
    )
