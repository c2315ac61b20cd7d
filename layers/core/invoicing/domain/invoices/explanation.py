"""Explanation of an invoice's amounts in words, so that anybody can check them on paper."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction

from invoicing.domain.invoices.invoice import Invoice, Line
from invoicing.domain.money.amounts import exponent, written, written_price
from invoicing.domain.money.discounts import Discount
from invoicing.domain.money.tax import ONE, TaxGroup, category_of
from invoicing.domain.money.totals import line_amount

_LONGEST = 12
"""Decimals written out beyond the currency's; a longer number is cut and ends with ``…``."""
_CUT = 4


def explain(invoice: Invoice) -> list[str]:
    """Return one sentence for each step: lines, discount, taxes, total."""
    gross = [line_amount(line._replace(discount=None), invoice.currency) for line in invoice.lines]
    left = [line_amount(line, invoice.currency) for line in invoice.lines]
    net = [line.total if invoice.prices_include_tax else line.total - line.tax for line in invoice.lines]
    steps = [
        _line(number, line, before, after, invoice.currency)
        for number, (line, before, after) in enumerate(zip(invoice.lines, gross, left, strict=True), 1)
    ]
    if invoice.discount is not None:
        shares = [before - after for before, after in zip(left, net, strict=True)]
        steps.append(_discount(invoice, invoice.discount, sum(left), shares))
    for group in invoice.tax_breakdown:
        members = _members(invoice, group)
        steps.append(_tax(invoice, group, members, sum(net[index] for index in members)))
    return [*steps, _total(invoice)]


def _line(number: int, line: Line, gross: int, left: int, currency: str) -> str:
    price = written_price(line.unit_price, currency)
    exact = Fraction(line.quantity) * Fraction(line.unit_price) / Fraction(line.price_quantity)
    exact *= 10 ** exponent(currency)
    per = f" / {line.price_quantity:f}" if line.price_quantity != ONE else ""
    text = f"Line {number}: {line.quantity:f} × {price}{per} = {_rounded(exact, gross, currency)}"
    if line.discount is not None:
        text += f"; less {_reduction(line.discount, gross, gross - left, currency)}, leaves {written(left, currency)}"
    return f"{text}."


def _discount(invoice: Invoice, discount: Discount, base: int, shares: Sequence[int]) -> str:
    currency = invoice.currency
    text = f"Discount: {_reduction(discount, base, sum(shares), currency)}"
    if discount.type == "fixed":
        text += f" off {written(base, currency)}"
    if len(invoice.tax_breakdown) > 1:
        by_group = [
            (group, sum(shares[index] for index in _members(invoice, group))) for group in invoice.tax_breakdown
        ]
        text += "; " + ", ".join(f"{_group(group)} {written(share, currency)}" for group, share in by_group)
    return f"{text}{_spread(enumerate(shares), currency)}."


def _reduction(discount: Discount, base: int, taken: int, currency: str) -> str:
    """Write ``10% of 0.05 = 0.005, rounded to 0.01``; a fixed amount is written as it is."""
    if discount.type == "fixed":
        return written(taken, currency)
    exact = Fraction(discount.value) * base / 100
    return f"{_plain(discount.value)}% of {written(base, currency)} = {_rounded(exact, taken, currency)}"


def _tax(invoice: Invoice, group: TaxGroup, members: Sequence[int], base: int) -> str:
    currency, rate = invoice.currency, Fraction(group.rate)
    percent = _plain(group.rate * 100)
    text = f"Tax {_group(group)}"
    if invoice.prices_include_tax:
        whole = _plain(100 + group.rate * 100)
        tax = _rounded(base * rate / (1 + rate), group.tax, currency)
        text += f", within the prices: {written(base, currency)} × {percent} / {whole} = {tax}"
        text += f", without it {written(group.taxable, currency)}"
    else:
        text += f": {percent}% of {written(base, currency)} = {_rounded(base * rate, group.tax, currency)}"
    return f"{text}{_spread(((index, invoice.lines[index].tax) for index in members), currency)}{_exemption(group)}."


def _exemption(group: TaxGroup) -> str:
    """Write why there is no tax, in the words of the invoice; empty where it does not say."""
    code = f" ({group.exemption_code})" if group.exemption_code else ""
    return f"; the invoice says why: {', '.join(group.exemption_reasons)}{code}" if group.exemption_reasons else ""


def _group(group: TaxGroup) -> str:
    label = ", ".join(filter(None, (group.name, group.category)))
    return f"{_plain(group.rate * 100)}%" + (f" ({label})" if label else "")


def _members(invoice: Invoice, group: TaxGroup) -> list[int]:
    """Return the indexes of the lines of a tax group."""
    return [
        index
        for index, line in enumerate(invoice.lines)
        if (line.tax_rate, category_of(line.tax_category, line.tax_rate)) == (group.rate, group.category)
    ]


def _spread(shares: Iterable[tuple[int, int]], currency: str) -> str:
    """Write the share of each line in an amount; empty when there is only one line."""
    parts = [f"line {index + 1} {written(share, currency)}" for index, share in shares]
    return f"; {', '.join(parts)}" if len(parts) > 1 else ""


def _total(invoice: Invoice) -> str:
    subtotal, discount, tax, total = (
        written(amount, invoice.currency)
        for amount in (invoice.subtotal, invoice.discount_amount, invoice.tax, invoice.total)
    )
    without = ", both without tax," if invoice.prices_include_tax else ""
    return f"Total: subtotal {subtotal} − discount {discount}{without} + tax {tax} = {total} {invoice.currency}."


def _rounded(exact: Fraction, rounded: int, currency: str) -> str:
    """Write minor units as ``1.005, rounded to 1.01``; one number where nothing was rounded."""
    if exact == rounded:
        return written(rounded, currency)
    return f"{_digits(exact, exponent(currency))}, rounded to {written(rounded, currency)}"


def _digits(exact: Fraction, decimals: int) -> str:
    sign = "-" if exact < 0 else ""
    scaled = abs(exact) * 10**_LONGEST
    whole = scaled.numerator // scaled.denominator
    if whole == scaled:
        return sign + _plain(Decimal(whole).scaleb(-_LONGEST - decimals))
    cut = Decimal(whole // 10 ** (_LONGEST - _CUT)).scaleb(-_CUT - decimals)
    return f"{sign}{cut:f}…"


def _plain(number: Decimal) -> str:
    """Write a number without an exponent and without trailing zeros."""
    digits = f"{number:f}"
    return digits.rstrip("0").rstrip(".") if "." in digits else digits
