"""Explanation of the tax of an invoice in words."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.invoices.line import Line
from invoicing.domain.invoices.lines import taxed_alike
from invoicing.domain.money.amounts import exponent, written
from invoicing.domain.money.in_words import digits, named_shares, plain, rounded
from invoicing.domain.money.tax import Alike, Members, Taxation, TaxGroup, tax_groups_of


def explain_tax(invoice: Invoice, names: Sequence[str], amounts: Sequence[int]) -> list[str]:
    """Return one sentence for each tax group; ``amounts`` are those that tax is computed from, by line."""
    groups = tax_groups_of(taxed_alike(invoice.taxed_lines), included=invoice.prices_include_tax)
    return [
        f"Tax {_named(shown.rate, shown.name, shown.category)}{_computed(invoice, group, shown, amounts)}"
        f"{_spread(invoice, group, names)}{_exemption(shown)}."
        for group, shown in zip(groups, invoice.tax_breakdown, strict=True)
    ]


def taxation_name(taxation: Taxation) -> str:
    """Write the taxes of lines that are taxed alike."""
    groups = [share.group for share in taxation.shares]
    return " + ".join(_named(group.rate, group.name, group.category) for group in groups)


def _named(rate: Decimal, name: str | None, category: str | None) -> str:
    label = ", ".join(filter(None, (name, category)))
    return f"{plain(rate * 100)}%" + (f" ({label})" if label else "")


def _computed(invoice: Invoice, group: Members, shown: TaxGroup, amounts: Sequence[int]) -> str:
    """Write how the tax of a group comes about."""
    currency = invoice.currency
    if invoice.rounding.level == "line":
        base, where = sum(amounts[row] for row in group.rows), " within" if invoice.prices_include_tax else " of"
        text = f": {plain(shown.rate * 100)}%{where} {written(base, currency)}, rounded line by line"
        return f"{text}, is {written(shown.tax, currency)}"
    if invoice.prices_include_tax:
        sums = [sum(amounts[row] for row in kind.rows) for kind in group.kinds]
        exact = sum((kind.part * base for kind, base in zip(group.kinds, sums, strict=True)), start=Fraction(0))
        terms = " + ".join(_term(kind, base, currency) for kind, base in zip(group.kinds, sums, strict=True))
        text = f", within the prices: {terms} = {rounded(exact, shown.tax, currency)}"
        several = any(kind.whole != group.key.rate for kind in group.kinds)
        return f"{text}, {'due on' if several else 'without it'} {written(shown.taxable, currency)}"
    exact = sum((kind.part * amounts[row] for kind in group.kinds for row in kind.rows), start=Fraction(0))
    due = exact / Fraction(shown.rate) if shown.rate else Fraction(sum(amounts[row] for row in group.rows))
    below = ", the taxes below it included," if group.compound else ""
    of = written(int(due), currency) if due.denominator == 1 else digits(due, exponent(currency))
    return f": {plain(shown.rate * 100)}% of {of}{below} = {rounded(exact, shown.tax, currency)}"


def _exemption(group: TaxGroup) -> str:
    """Write why there is no tax, in the words of the invoice; empty where it does not say."""
    code = f" ({group.exemption_code})" if group.exemption_code else ""
    return f"; the invoice says why: {', '.join(group.exemption_reasons)}{code}" if group.exemption_reasons else ""


def _term(kind: Alike, base: int, currency: str) -> str:
    """Write ``119.00 × 19 / 119``: the tax as a part of prices that include it."""
    part, whole = kind.share.group.effective * 100, 100 + kind.whole * 100
    return f"{written(base, currency)} × {plain(part)} / {plain(whole)}"


def _spread(invoice: Invoice, group: Members, names: Sequence[str]) -> str:
    lines = invoice.taxed_lines
    shares = [(names[row], _tax_of(lines[row], group)) for row in sorted(group.rows)]
    return named_shares(shares, invoice.currency)


def _tax_of(line: Line, group: Members) -> int:
    """Return the tax of a line that belongs to a group."""
    return next((tax.amount for tax in line.taxes if tax.name == group.key.name), line.tax)
