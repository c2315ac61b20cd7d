"""The credit note of a discount for early payment: its part of every line, with the tax in it."""

from fractions import Fraction

from invoicing.domain.credit_notes.credit_note import CreditLine
from invoicing.domain.credit_notes.crediting import NOTHING, Part, amount_of, credit_lines
from invoicing.domain.invoices.invoice import Invoice, Line
from invoicing.domain.invoices.lines import taxed_alike
from invoicing.domain.money.rounding import half_up, spread


def discount_lines(invoice: Invoice, discount: int) -> tuple[CreditLine, ...]:
    """Return the lines of a note over this discount in minor units, with tax.

    It is spread over the lines that are taxed alike by what is left of them, with its tax, and inside each over the
    lines, by largest remainder. The tax is computed as in every note; a unit that rounding leaves of the discount is
    tax.
    """
    alike = [
        (taxation.whole, [invoice.taxed_lines[row] for row in rows])
        for taxation, rows in taxed_alike(invoice.taxed_lines).items()
    ]
    left = [sum(_left(invoice, line, taxed=True) for line in lines) for _, lines in alike]
    ratio = Fraction(discount, sum(left))
    parts: dict[str, Part] = {}
    for (rate, lines), gross in zip(alike, spread(discount, left, ratio=ratio), strict=True):
        amount = gross if invoice.prices_include_tax else half_up(gross / (1 + Fraction(rate)))
        open_lines = [line for line in lines if _left(invoice, line)]
        shares = spread(amount, [_left(invoice, line) for line in open_lines], ratio=ratio) if open_lines else []
        parts |= {line.id: _part(invoice, line, share) for line, share in zip(open_lines, shares, strict=True) if share}
    return credit_lines(invoice, parts, total=discount)


def _left(invoice: Invoice, line: Line, *, taxed: bool = False) -> int:
    """Return what is not credited of a line, as its prices are, or with its tax in any case."""
    before = invoice.credited.get(line.id, NOTHING)
    left = amount_of(line, invoice) - before.amount
    return left + line.tax - before.tax if taxed and not invoice.prices_include_tax else left


def _part(invoice: Invoice, line: Line, amount: int) -> Part:
    credited = invoice.credited.get(line.id, NOTHING).amount + amount
    return Part(Fraction(credited, amount_of(line, invoice)), amount=amount)
