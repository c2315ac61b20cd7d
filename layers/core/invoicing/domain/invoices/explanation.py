"""Explanation of an invoice's amounts in words, so that anybody can check them on paper."""

from collections.abc import Sequence
from fractions import Fraction

from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.invoices.line import Line
from invoicing.domain.invoices.lines import taxed_alike
from invoicing.domain.invoices.tax_explanation import explain_tax, taxation_name
from invoicing.domain.money.adjustments import Adjustment
from invoicing.domain.money.amounts import exponent, to_minor, written, written_price
from invoicing.domain.money.discounts import Discount
from invoicing.domain.money.in_words import named_shares, percentage, rounded
from invoicing.domain.money.payable import Withholding
from invoicing.domain.money.tax import ONE
from invoicing.domain.money.totals import line_amount


def explain(invoice: Invoice) -> list[str]:
    """Return one sentence for each step: lines, charges and allowances, discount, taxes, total, what is payable."""
    currency, lines = invoice.currency, invoice.lines
    gross = [line_amount(line._replace(discount=None), currency, invoice.rounding) for line in lines]
    discounted = [line_amount(line, currency, invoice.rounding) for line in lines]
    left = [amount + _added(line) for line, amount in zip(lines, discounted, strict=True)]
    steps = [
        _line(number, line, before, after, currency)
        for number, (line, before, after) in enumerate(zip(lines, gross, discounted, strict=True), 1)
    ]
    names = [f"line {number}" for number in range(1, len(lines) + 1)]
    for kind, found in (("charge", invoice.charges), ("allowance", invoice.allowances)):
        names += [f"{kind} {number}" for number in range(1, len(found) + 1)]
        steps += [_adjustment(kind, number, line, sum(left), currency) for number, line in enumerate(found, 1)]
    net = [line.total if invoice.prices_include_tax else line.total - line.tax for line in invoice.taxed_lines]
    if invoice.discount is not None:
        shares = [before - after for before, after in zip(left, net[: len(left)], strict=True)]
        steps.append(_discount(invoice, invoice.discount, sum(left), shares))
    return [*steps, *explain_tax(invoice, names, net), _total(invoice), *_payable(invoice)]


def _added(line: Line) -> int:
    """Return what charges add to a line and allowances take off it, as its price is: with tax or without."""
    return sum(each.amount for each in line.charges) - sum(each.amount for each in line.allowances)


def _line(number: int, line: Line, gross: int, discounted: int, currency: str) -> str:
    price = written_price(line.unit_price, currency)
    exact = Fraction(line.quantity) * Fraction(line.unit_price) / Fraction(line.price_quantity)
    exact *= 10 ** exponent(currency)
    per = f" / {line.price_quantity:f}" if line.price_quantity != ONE else ""
    text = f"Line {number}: {line.quantity:f} × {price}{per} = {rounded(exact, gross, currency)}"
    parts = []
    if line.discount is not None:
        parts.append(f"less {_reduction(line.discount, gross, gross - discounted, currency)}")
    parts += [f"plus {_of_line(charge, gross, currency)}" for charge in line.charges]
    parts += [f"less {_of_line(allowance, gross, currency)}" for allowance in line.allowances]
    if parts:
        text += f"; {', '.join(parts)}, leaves {written(discounted + _added(line), currency)}"
    return f"{text}."


def _of_line(adjustment: Adjustment, base: int, currency: str) -> str:
    """Write a charge or allowance of a line."""
    if adjustment.percentage is None:
        return f"{adjustment.description} {written(adjustment.amount, currency)}"
    return f"{adjustment.description} {percentage(adjustment.percentage, base, adjustment.amount, currency)}"


def _adjustment(kind: str, number: int, line: Line, base: int, currency: str) -> str:
    """Write a charge or allowance of the invoice; ``base`` is the sum of the lines."""
    amount = to_minor(line.unit_price, currency)
    of = written(amount, currency)
    if line.percentage is not None:
        of = percentage(line.percentage, base, amount, currency)
    return f"{kind.capitalize()} {number}, {line.description}: {of}."


def _discount(invoice: Invoice, discount: Discount, base: int, shares: Sequence[int]) -> str:
    currency = invoice.currency
    text = f"Discount: {_reduction(discount, base, sum(shares), currency)}"
    if discount.type == "fixed":
        text += f" off {written(base, currency)}"
    alike = taxed_alike(invoice.lines)
    if len(alike) > 1:
        by_tax = [
            f"{taxation_name(taxes)} {written(sum(shares[row] for row in rows), currency)}"
            for taxes, rows in alike.items()
        ]
        text += "; " + ", ".join(by_tax)
    lines = ((f"line {number}", share) for number, share in enumerate(shares, 1))
    return f"{text}{named_shares(lines, currency)}."


def _reduction(discount: Discount, base: int, taken: int, currency: str) -> str:
    """Write ``10% of 0.05 = 0.005, rounded to 0.01``; a fixed amount is written as it is."""
    if discount.type == "fixed":
        return written(taken, currency)
    return percentage(discount.value, base, taken, currency)


def _total(invoice: Invoice) -> str:
    def amount(minor: int) -> str:
        return written(minor, invoice.currency)

    terms = f"subtotal {amount(invoice.subtotal)} − discount {amount(invoice.discount_amount)}"
    if invoice.allowances_total:
        terms += f" − allowances {amount(invoice.allowances_total)}"
    if invoice.charges_total:
        terms += f" + charges {amount(invoice.charges_total)}"
    of_all = "all" if invoice.allowances_total or invoice.charges_total else "both"
    without = f", {of_all} without tax," if invoice.prices_include_tax else ""
    return f"Total: {terms}{without} + tax {amount(invoice.tax)} = {amount(invoice.total)} {invoice.currency}."


def _payable(invoice: Invoice) -> list[str]:
    """Return the steps from the total to the amount payable; none where all of it is payable."""
    currency = invoice.currency
    if not (invoice.withholdings or invoice.prepayments or invoice.rounding.cash):
        return []
    steps = [_withheld(each, invoice.total - invoice.tax, currency) for each in invoice.withholdings]
    terms = f"total {written(invoice.total, currency)}"
    if invoice.withholdings:
        terms += f" − withheld {written(invoice.withheld_total, currency)}"
    if invoice.prepayments:
        terms += f" − prepaid {written(invoice.prepaid_total, currency)}"
    payable = written(invoice.amount_payable, currency)
    if invoice.rounding.cash:
        exact = written(invoice.amount_payable - invoice.rounding_amount, currency)
        step = written_price(invoice.rounding.cash, currency)
        difference = written(invoice.rounding_amount, currency)
        terms += f" = {exact}, rounded to a multiple of {step} by {difference}"
    return [*steps, f"Amount payable: {terms} = {payable} {currency}."]


def _withheld(withholding: Withholding, net: int, currency: str) -> str:
    return f"Withheld, {withholding.name}: {percentage(withholding.rate * 100, net, withholding.amount, currency)}."
