"""The product's side of the vectors and of the second opinion: invoices of cases, and its figures as vectors write them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from invoicing.domain.credit_notes.credit_note import CreditLine, tax_groups
from invoicing.domain.credit_notes.crediting import CreditItem, credit_lines, parts_to_credit, with_credit
from invoicing.domain.invoices.drafting import NewLine
from invoicing.domain.invoices.invoice import Invoice, Line
from invoicing.domain.money.amounts import written
from invoicing.domain.money.tax import Discount, TaxGroup
from tests.builders import a_new_invoice, an_invoice
from tests.domain.money.second_opinion.credit import Item, Note


def decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def discount(given: Mapping[str, Any] | None) -> Discount | None:
    return None if given is None else Discount(type=given["type"], value=Decimal(given["value"]))


def line(given: Mapping[str, Any]) -> NewLine:
    return NewLine(
        description="x",
        quantity=Decimal(given["quantity"]),
        unit_price=Decimal(given["unit_price"]),
        tax_rate=decimal(given["tax_rate"]),
        discount=discount(given["discount"]),
        tax_category=given["tax_category"],
        tax_name=given["tax_name"],
        price_quantity=Decimal(given.get("price_quantity") or "1"),
    )


def invoiced(case: Mapping[str, Any]) -> Invoice:
    """The invoice, still a draft, of a case. `ValidationFailed` where it refuses it."""
    new = a_new_invoice(
        *map(line, case["lines"]),
        currency=case["currency"],
        tax_rate=decimal(case["tax_rate"]),
        discount=discount(case["discount"]),
        prices_include_tax=case["prices_include_tax"],
    )
    return an_invoice(new)


def figures(invoice: Invoice) -> dict[str, Any]:
    """The figures of an invoice."""
    return _document(invoice.lines, invoice.tax_breakdown, invoice.currency)


class Crediting:
    """An invoice, and the credit notes that the product makes of it, whatever they come to."""

    def __init__(self, invoice: Invoice) -> None:
        self.invoice = invoice

    def note(self, items: Note) -> dict[str, Any]:
        """Credit this, and return the figures of the note."""
        asked = None if items is None else [self._asked(index, items[index]) for index in sorted(items)]
        lines = credit_lines(self.invoice, parts_to_credit(self.invoice, asked))
        self.invoice = replace(self.invoice, credited=with_credit(self.invoice, lines))
        return _document(lines, tax_groups(lines), self.invoice.currency)

    def _asked(self, index: int, item: Item) -> CreditItem:
        value = Decimal(item.value.numerator) / Decimal(item.value.denominator)
        if item.measure == "amount":
            value = Decimal(written(int(item.value), self.invoice.currency))
        return CreditItem(self.invoice.lines[index].id, **{item.measure: value})


def _document(
    lines: Sequence[Line] | Sequence[CreditLine], breakdown: Sequence[TaxGroup], currency: str
) -> dict[str, Any]:
    columns = {
        name: [getattr(line, {"discount": "discount_amount"}.get(name, name)) for line in lines]
        for name in ("subtotal", "discount", "tax", "total")
    }
    return {
        **{name: written(sum(column), currency) for name, column in columns.items()},
        "tax_breakdown": [_group(group, currency) for group in breakdown],
        "lines": [
            {name: written(column[index], currency) for name, column in columns.items()} for index in range(len(lines))
        ],
    }


def _group(group: TaxGroup, currency: str) -> dict[str, Any]:
    return {
        "tax_rate": Fraction(group.rate),
        "tax_category": group.category,
        "tax_name": group.name,
        "taxable": written(group.taxable, currency),
        "tax": written(group.tax, currency),
    }
