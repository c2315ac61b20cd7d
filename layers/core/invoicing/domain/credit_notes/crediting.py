"""The figures of credit notes: amounts of their lines, and taxes.

What is credited of a line is its figures in proportion to its credited share (`measures`), each rounded; the tax of a
group is its rate on what is credited of the group, rounded once, or for each line where the invoice rounds so. Of a
whole group it is what the invoice has, which can differ where another system issued it. The invoice's charges and
allowances are credited as lines are. A note has what is credited after it less what was credited before. So any
sequence of notes that credits everything adds up to the invoice to the cent, in any order, by any measures and however
small the parts.
"""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from invoicing.domain.credit_notes.credit_note import CreditLine, LineKind
from invoicing.domain.credit_notes.measures import NOTHING, CreditItem, Part, amount_of, parts_to_credit
from invoicing.domain.errors import Detail, ValidationFailed
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.invoices.line import Line, LineCredit
from invoicing.domain.invoices.lines import taxed_alike
from invoicing.domain.money.amounts import to_major
from invoicing.domain.money.rounding import summed
from invoicing.domain.money.tax import Members, tax_groups_of


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


def credit_lines(invoice: Invoice, parts: Mapping[str, Part], *, total: int | None = None) -> tuple[CreditLine, ...]:
    """Return what is credited with these parts less what was credited before; taxes spread as in invoices.

    With a ``total``, the largest tax takes what rounding leaves of it.
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
        _add_to_largest(taxes, total - sum(new[row].amount for row in here))
    kinds: list[LineKind] = ["line"] * len(invoice.lines)
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


def _add_to_largest(taxes: dict[int, dict[str, int]], tax: int) -> None:
    """Let the largest tax take what the others leave of the sum ``tax``."""
    places = [(row, name) for row, of_row in taxes.items() for name in of_row]
    row, name = max(places, key=lambda place: abs(taxes[place[0]][place[1]]))
    taxes[row][name] += tax - sum(sum(of_row.values()) for of_row in taxes.values())


def _taxes(
    group: Members, invoice: Invoice, before: Sequence[LineCredit], after: Sequence[LineCredit], here: Container[int]
) -> dict[int, int]:
    """Return the tax of a group by row of a note: of all that is credited after it, less that before it."""
    lines, rounding = invoice.taxed_lines, invoice.rounding
    rows = [row for row in group.rows if row in here]
    if not rows:
        return {}
    now = [each.amount for each in after]
    ended = [row for row in group.rows if now[row] == amount_of(lines[row], invoice)]
    whole = {row: _tax_of(lines[row], group.key.name) for row in ended}
    earlier = {row: _tax_before(lines[row], before[row], group.key.name) for row in group.rows}
    if rounding.level == "line":
        by_row = zip(group.rows, group.rounded_by_row(now, rounding), strict=True)
        return {row: whole.get(row, tax) - earlier[row] for row, tax in by_row if row in here}
    all_of_it = sum(whole.values()) if len(whole) == len(earlier) else group.tax(now, rounding)
    tax = all_of_it - sum(earlier.values())
    amounts = [each.amount - then.amount for each, then in zip(after, before, strict=True)]
    return dict(zip(rows, group.spread(tax, amounts, rows), strict=True))


def _tax_of(line: Line, name: str) -> int:
    """Return a line's tax of this name, or its only tax."""
    return next((tax.amount for tax in line.taxes if tax.name == name), line.tax)


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
    line: Line,
    kind: LineKind,
    part: Part,
    new: LineCredit,
    taxes: Mapping[str, int],
    *,
    included: bool,
    share: Fraction,
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
        particulars=line.particulars,
    )
