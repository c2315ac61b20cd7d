"""The figures of an invoice or a credit note, as the vectors write them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from tests.domain.money.second_opinion.invoices import Group, Invoice, Row
from tests.domain.money.second_opinion.rounding import rounded, text

EXTRA = ("charges_total", "allowances_total", "withheld_total", "prepaid_total", "rounding_amount")
"""What is written only where it is not 0."""


@dataclass(frozen=True)
class Shown:
    """The figures of a row, all but `tax` without tax: `net` is what remains of `subtotal`."""

    row: Row
    subtotal: int
    discount: int
    allowances: int
    charges: int
    taxes: Mapping[Group, int]

    @property
    def tax(self) -> int:
        """All its taxes."""
        return sum(self.taxes.values())

    @property
    def net(self) -> int:
        """The amount of the row, BT-131 less its part of the invoice's discount (BT-99, BT-92 of the document's)."""
        return self.subtotal - self.discount - self.allowances + self.charges


@dataclass(frozen=True)
class Settlement:
    """What makes the amount payable of the total."""

    withheld: int = 0
    prepaid: int = 0
    rounding: int = 0


def settlement(invoice: Invoice, net: int, total: int) -> Settlement:
    """What is withheld, was prepaid (BT-113), and comes of rounding to coins (BT-114)."""
    withheld = invoice.withheld(net)
    payable = total - withheld - invoice.prepaid
    coins = rounded(Fraction(payable, invoice.cash)) * invoice.cash if invoice.cash else payable
    return Settlement(withheld, invoice.prepaid, coins - payable)


def shown(invoice: Invoice) -> dict[int, Shown]:
    """The rows of an invoice by their index."""
    found = {}
    for index, row in enumerate(invoice.rows):
        discount, allowances, charges = (
            invoice.without_tax(amount, row) for amount in (row.discount + row.off, row.allowances, row.charges)
        )
        net = row.base - (sum(row.tax.values()) if invoice.included else 0)
        found[index] = Shown(row, net + discount + allowances - charges, discount, allowances, charges, row.tax)
    return found


def figures(invoice: Invoice) -> dict[str, Any]:
    """An invoice's figures."""
    rows = shown(invoice)
    net = sum(row.net for row in rows.values())
    settled = settlement(invoice, net, net + sum(invoice.groups.values()))
    return document(invoice, rows.values(), invoice.groups, settled)


def document(
    invoice: Invoice, rows: Iterable[Shown], groups: Mapping[Group, int], settled: Settlement
) -> dict[str, Any]:
    """The figures of a document of these rows and groups."""
    rows = list(rows)
    lines, charges, allowances = (
        [row for row in rows if row.row.kind == kind] for kind in ("line", "charge", "allowance")
    )
    tax = sum(groups.values())
    total = sum(row.net for row in rows) + tax
    payable = total - settled.withheld - settled.prepaid + settled.rounding
    amounts = {
        "subtotal": sum(row.subtotal for row in lines),
        "discount": sum(row.discount for row in lines),
        "charges_total": sum(row.charges for row in lines) + sum(row.net for row in charges),
        "allowances_total": sum(row.allowances for row in lines) - sum(row.net for row in allowances),
        "tax": tax,
        "total": total,
        "withheld_total": settled.withheld,
        "prepaid_total": settled.prepaid,
        "rounding_amount": settled.rounding,
        **({"amount_payable": payable} if payable != total else {}),
    }
    adjustments = {"charges": charges, "allowances": allowances}
    return {
        **_written(amounts, invoice.digits),
        "tax_breakdown": [_group(invoice, group, due, rows) for group, due in groups.items()],
        "lines": [_line(row, invoice.digits) for row in lines],
        **{name: [_adjustment(row, invoice.digits) for row in found] for name, found in adjustments.items() if found},
    }


def _written(amounts: Mapping[str, int], digits: int) -> dict[str, Any]:
    return {name: text(value, digits) for name, value in amounts.items() if value or name not in EXTRA}


def _line(row: Shown, digits: int) -> dict[str, Any]:
    amounts = {
        "subtotal": row.subtotal,
        "discount": row.discount,
        "charges_total": row.charges,
        "allowances_total": row.allowances,
        "tax": row.tax,
        "total": row.net + row.tax,
    }
    return _written(amounts, digits) | _taxes(row, digits)


def _adjustment(row: Shown, digits: int) -> dict[str, Any]:
    return _written({"net": row.net, "tax": row.tax, "total": row.net + row.tax}, digits) | _taxes(row, digits)


def _taxes(row: Shown, digits: int) -> dict[str, Any]:
    return {"taxes": [text(row.taxes[group], digits) for group in row.row.taxes]} if row.row.listed else {}


def _group(invoice: Invoice, group: Group, tax: int, rows: Iterable[Shown]) -> dict[str, Any]:
    """A tax of the breakdown; `taxable` (BT-116) of a compound tax has the taxes below it in it."""
    members = [row for row in rows if group in row.taxes]
    names = {row.row.name for row in members}
    taxes = [row.row.taxes[group] for row in members]
    taxable = sum((row.net * tax.on for row, tax in zip(members, taxes, strict=True)), Fraction(0))
    return {
        "tax_rate": group.rate,
        "tax_category": group.category or None,
        "tax_name": group.name or (names.pop() if len(names) == 1 else None),
        "taxable": text(invoice.round(taxable), invoice.digits),
        "tax": text(tax, invoice.digits),
        **({"compound": True} if any(tax.compound for tax in taxes) else {}),
    }
