"""EN 16931's rules on totals, recomputed from the figures that a document shows: an invoice or a credit note.

What its rows are and how they are taxed is taken from the request; every amount from the figures. The invoice's
discount is an allowance of the document for each group, which the figures show with its lines. With tax inside the
prices, and in parts of what was rounded once, tax and rate × taxable amount differ by what was rounded; the official
checks of BR-S-08 and BR-S-09 and their like let them differ by one whole euro.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from tests.domain.money.second_opinion.invoices import Group, Invoice, Row
from tests.domain.money.second_opinion.rounding import DOWN

ZERO = "0"
WITHOUT_TAX = frozenset({"E", "AE", "K", "G", "O", "Z"})


class Document:
    """The figures of a document as integers, and the rows of the request that it is about."""

    def __init__(self, invoice: Invoice, rows: Sequence[int], figures: Mapping[str, Any], *, is_note: bool) -> None:
        self.invoice, self.figures, self.is_note = invoice, figures, is_note
        self.rows: list[Row] = [invoice.rows[index] for index in rows]
        shown = [each for name in ("lines", "charges", "allowances") for each in figures.get(name, ())]
        self.nets = [self._net(each) for each in shown]
        self.taxes = [self.minor(each["tax"]) for each in shown]
        self.groups = [group for group in invoice.groups if any(group in row.taxes for row in self.rows)]

    def minor(self, amount: str) -> int:
        """An amount in smallest units: all its decimals are written."""
        return int(amount.replace(".", ""))

    def total(self, name: str) -> int:
        """A figure of the document, 0 where it shows none."""
        return self.minor(self.figures.get(name, ZERO))

    def of(self, group: Group) -> list[int]:
        """The places of the rows of a group."""
        return [place for place, row in enumerate(self.rows) if group in row.taxes]

    def exact_tax(self, group: Group) -> Fraction:
        """The tax of a group on the document's own amounts: without tax, or out of what is paid."""
        places = self.of(group)
        if not self.invoice.included:
            return sum((self.nets[at] * group.due for at in places), Fraction(0))
        paid = {at: self.nets[at] + self.taxes[at] for at in places}
        return sum((paid[at] * group.due / (1 + self.rows[at].rate) for at in places), Fraction(0))

    def _net(self, shown: Mapping[str, Any]) -> int:
        """BT-131 less its part of the invoice's discount, BT-99 or BT-92."""
        if "net" in shown:
            return self.minor(shown["net"])
        off, more = (self.minor(shown.get(name, ZERO)) for name in ("allowances_total", "charges_total"))
        return self.minor(shown["subtotal"]) - self.minor(shown["discount"]) - off + more


def keeps_the_rules(document: Document) -> None:
    """Hold a document to the rules; BR-CO-17 and BR-*-09 are for tax that is rounded once."""
    adds_up(document)
    breakdown = document.figures["tax_breakdown"]
    assert len(breakdown) == len(document.groups)  # BR-CO-18, one for each group
    for group, shown in zip(document.groups, breakdown, strict=True):
        assert (shown["tax_rate"], shown["tax_category"] or "") == (group.rate, group.category)
        members = document.of(group)
        taxable = sum(document.nets[place] * document.rows[place].taxes[group].on for place in members)
        assert document.minor(shown["taxable"]) == document.invoice.round(Fraction(taxable))  # BR-*-08
        tax = document.minor(shown["tax"])
        assert not tax or group.category not in WITHOUT_TAX  # BR-E-09, BR-AE-09, BR-Z-09, …
        if not document.invoice.line_by_line:
            fits_the_rate(document, group, members, document.minor(shown["taxable"]), tax)


def adds_up(document: Document) -> None:
    """BR-CO-10 to BR-CO-16."""
    total, rows, nets = document.total, document.rows, document.nets
    lines = document.figures["lines"]
    for name in ("subtotal", "discount"):
        assert sum(document.minor(line[name]) for line in lines) == total(name)
    for name, kind, sign in (("allowances_total", "allowance", -1), ("charges_total", "charge", 1)):
        of_lines = sum(document.minor(line.get(name, ZERO)) for line in lines)
        of_document = sum(net for row, net in zip(rows, nets, strict=True) if row.kind == kind)
        assert total(name) == of_lines + sign * of_document  # BR-CO-11, BR-CO-12
    net = total("subtotal") - total("discount") - total("allowances_total") + total("charges_total")
    assert sum(nets) == net  # BR-CO-10, BR-CO-13
    taxes = sum(document.minor(group["tax"]) for group in document.figures["tax_breakdown"])
    assert taxes == total("tax") == sum(document.taxes)  # BR-CO-14
    assert total("total") == net + total("tax")  # BR-CO-15
    payable = total("total") - total("withheld_total") - total("prepaid_total") + total("rounding_amount")
    assert document.minor(document.figures.get("amount_payable", document.figures["total"])) == payable  # BR-CO-16


def fits_the_rate(document: Document, group: Group, members: Sequence[int], taxable: int, tax: int) -> None:
    """BR-CO-17 and BR-*-09: exactly of what the document's own amounts come to, and to what was rounded otherwise."""
    invoice, exact = document.invoice, document.exact_tax(group)
    once = Fraction(1) if invoice.mode == DOWN else Fraction(1, 2)
    if document.is_note:
        assert abs(tax - exact) <= 2 * once
    else:
        assert tax == invoice.round(exact)
    if all(len(document.rows[place].taxes) == 1 for place in members):
        off = (2 if document.is_note else 1) * once * (1 + group.rate if invoice.included else 1)
        assert abs(tax - taxable * group.rate) <= off
