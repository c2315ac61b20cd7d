"""The credit note of a discount for early payment: its part of every line, with the tax in it."""

from fractions import Fraction

from invoicing.domain.credit_notes.credit_note import CreditLine
from invoicing.domain.credit_notes.crediting import credit_lines
from invoicing.domain.credit_notes.measures import NOTHING, Part, amount_of
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.invoices.line import Line
from invoicing.domain.invoices.lines import taxed_alike
from invoicing.domain.money.rounding import spread


def discount_lines(invoice: Invoice, discount: int) -> tuple[CreditLine, ...]:
    """Return the lines of a note over this discount in minor units, with tax.

    It is spread over the lines that are taxed alike by what is left of them, with their tax, and then over each line,
    by largest remainder. The tax is computed as in every note; a unit that rounding leaves of the discount is tax.
    """
    lines = invoice.taxed_lines
    alike = {
        taxation: open_lines
        for taxation, rows in taxed_alike(lines).items()
        if (open_lines := [lines[row] for row in rows if amount_of(lines[row], invoice) and _left(invoice, lines[row])])
    }
    left = [sum(_left(invoice, line, taxed=True) for line in open_lines) for open_lines in alike.values()]
    ratio = Fraction(discount, sum(left) or 1)
    parts: dict[str, Part] = {}
    for (taxation, open_lines), gross in zip(alike.items(), spread(discount, left, ratio=ratio), strict=True):
        amount = (
            gross if invoice.prices_include_tax else invoice.rounding.fraction(gross / (1 + Fraction(taxation.whole)))
        )
        shares = spread(amount, [_left(invoice, line) for line in open_lines], ratio=ratio)
        parts |= {line.id: _part(invoice, line, share) for line, share in zip(open_lines, shares, strict=True) if share}
    if not parts:  # a discount of one unit, which without tax is rounded to nothing
        largest = max(lines, key=lambda line: _left(invoice, line))
        parts = {largest.id: _part(invoice, largest, discount)}
    return credit_lines(invoice, parts, total=discount)


def _left(invoice: Invoice, line: Line, *, taxed: bool = False) -> int:
    """Return what is not credited of a line, as its prices are, or with its tax in any case."""
    before = invoice.credited.get(line.id, NOTHING)
    left = amount_of(line, invoice) - before.amount
    return left + line.tax - before.tax if taxed and not invoice.prices_include_tax else left


def _part(invoice: Invoice, line: Line, amount: int) -> Part:
    """Return the part of a line; none is credited in full, as the rest may have to take back a unit of its tax."""
    before, whole = invoice.credited.get(line.id, NOTHING), amount_of(line, invoice)
    credited = before.amount + amount
    return Part((before.share + 1) / 2 if credited == whole else Fraction(credited, whole), amount=amount)
