"""The figures that an imported invoice was issued with, which may differ from ours by how its system rounded."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

from invoicing.domain.errors import Detail, ValidationFailed
from invoicing.domain.imports.imported_invoice import ImportedInvoice
from invoicing.domain.invoices.drafting import NewInvoice
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.invoices.line import Line
from invoicing.domain.money.amounts import to_major, to_minor
from invoicing.domain.money.payable import PAYABLE, amount_payable, given_prepayments, given_withholdings
from invoicing.domain.money.rounding import RoundingChoice
from invoicing.domain.money.tax import category_of


def with_given_figures(given: ImportedInvoice, draft_of: Callable[[NewInvoice], Invoice]) -> tuple[Invoice, bool]:
    """Return the draft with the tax and total that it was issued with, and whether they differ from ours.

    Where rounding line by line makes them, the draft is rounded so; else the largest tax takes the difference, of at
    most one minor unit a line. `ValidationFailed` ``TOTAL_MISMATCH``, ``AMOUNT_INVALID``.
    """
    draft = draft_of(given.new)
    tax, total = (_minor(name, getattr(given, name), draft.currency) for name in ("tax", "total"))
    if _has(draft, tax, total):
        return draft, False
    if given.new.rounding is None:
        by_line = draft_of(replace(given.new, rounding=RoundingChoice(level="line")))
        if _has(by_line, tax, total):
            return by_line, True
    return _adjusted(draft, tax, total), True


def _minor(name: str, amount: Decimal | None, currency: str) -> int | None:
    if amount is None:
        return None
    try:
        return to_minor(amount, currency)
    except ValueError as error:
        raise ValidationFailed(Detail(name, f"{name} {error}.", "AMOUNT_INVALID", amount)) from None


def _has(draft: Invoice, tax: int | None, total: int | None) -> bool:
    return tax in {None, draft.tax} and total in {None, draft.total}


def _adjusted(draft: Invoice, tax: int | None, total: int | None) -> Invoice:
    """Return the draft with another tax, which the line with the largest tax and its group take."""
    included = draft.prices_include_tax
    if tax is None:
        tax = draft.tax if included or total is None else draft.tax + total - draft.total
    difference = tax - draft.tax
    wanted = draft.total if included else draft.total + difference
    row = max(
        (row for row, line in enumerate(draft.lines) if line.tax and not line.taxes),
        key=lambda row: abs(draft.lines[row].tax),
        default=None,
    )
    group = None if row is None else _group_of(draft, draft.lines[row])
    if row is None or group is None or abs(difference) > len(draft.lines) or total not in {None, wanted}:
        raise _mismatch(draft, tax, total)
    net = -difference if included else 0
    lines = [_line(line, difference, net) if at == row else line for at, line in enumerate(draft.lines)]
    groups = [
        replace(each, tax=each.tax + difference, taxable=each.taxable + net) if at == group else each
        for at, each in enumerate(draft.tax_breakdown)
    ]
    return replace(
        draft,
        lines=tuple(lines),
        tax_breakdown=tuple(groups),
        tax=tax,
        subtotal=draft.subtotal + net,
        total=wanted,
        **_payable(draft, wanted, tax),
    )


def _group_of(draft: Invoice, line: Line) -> int | None:
    """Return which tax group has the tax of a line with one rate: rate and category tell."""
    key = line.tax_rate, category_of(line.tax_category, line.tax_rate)
    groups = draft.tax_breakdown
    return next((at for at, each in enumerate(groups) if (each.rate, each.category) == key), None)


def _payable(draft: Invoice, total: int, tax: int) -> dict[str, Any]:
    """Return what is withheld and prepaid of another total, and its rounding for cash."""
    payable = amount_payable(
        total,
        tax,
        draft.currency,
        withholdings=given_withholdings(draft.withholdings),
        prepayments=given_prepayments(draft.prepayments, draft.currency),
        rounding=draft.rounding,
    )
    return {name: getattr(payable, name) for name in PAYABLE}


def _line(line: Line, difference: int, net: int) -> Line:
    values: dict[str, Any] = {
        "tax": line.tax + difference,
        "subtotal": line.subtotal + net,
        "total": line.total + difference + net,
    }
    return line._replace(**values)


def _mismatch(draft: Invoice, tax: int | None, total: int | None) -> ValidationFailed:
    field = "tax" if total is None or total == draft.total else "total"
    value, computed = (tax, draft.tax) if field == "tax" else (total, draft.total)
    given, ours = to_major(value or 0, draft.currency), to_major(computed, draft.currency)
    message = (
        f"{field} is given as {given}, and computed as {ours}: they may differ by the smallest amount of "
        f"{draft.currency} for each line, in the tax."
    )
    return ValidationFailed(Detail(field, message, "TOTAL_MISMATCH", given))
