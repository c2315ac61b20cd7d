"""The product's side of vectors and second opinion: its invoice of a case, and its figures as vectors write them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from invoicing.domain.credit_notes.credit_note import CreditLine, issue_credit_note
from invoicing.domain.credit_notes.crediting import credit_lines, with_credit
from invoicing.domain.credit_notes.early_payment import discount_lines
from invoicing.domain.credit_notes.measures import CreditItem, parts_to_credit
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.invoices.lines import NewLine
from invoicing.domain.money.adjustments import NewAdjustment, NewDocumentAdjustment
from invoicing.domain.money.amounts import written
from invoicing.domain.money.discounts import Discount
from invoicing.domain.money.payable import NewPrepayment, NewWithholding
from invoicing.domain.money.rounding import RoundingChoice, summed
from invoicing.domain.money.tax import Tax, TaxGroup
from tests.builders import NOW, a_new_invoice, an_account, an_invoice
from tests.domain.money.second_opinion.credit import Item, Note

NAMES = ("subtotal", "discount", "tax", "total")
EXTRA = ("charges_total", "allowances_total", "withheld_total", "prepaid_total", "rounding_amount")
"""What is written only where it is not 0."""

type Given = Mapping[str, Any]


def decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def discount(given: Given | None) -> Discount | None:
    return None if given is None else Discount(type=given["type"], value=Decimal(given["value"]))


def taxes(given: Given) -> tuple[Tax, ...]:
    return tuple(
        Tax(name=each["name"], rate=Decimal(each["rate"]), compound=each.get("compound", False))
        for each in given.get("taxes") or ()
    )


def adjustments(given: Given, name: str) -> tuple[NewAdjustment, ...]:
    return tuple(
        NewAdjustment(
            description=each["description"],
            amount=decimal(each.get("amount")),
            percentage=decimal(each.get("percentage")),
        )
        for each in given.get(name) or ()
    )


def of_the_invoice(given: Given, name: str) -> tuple[NewDocumentAdjustment, ...]:
    return tuple(
        NewDocumentAdjustment(
            description=each["description"],
            amount=decimal(each.get("amount")),
            percentage=decimal(each.get("percentage")),
            tax_rate=decimal(each.get("tax_rate")),
            taxes=taxes(each),
            tax_category=each.get("tax_category"),
            tax_name=each.get("tax_name"),
        )
        for each in given.get(name) or ()
    )


def line(given: Given) -> NewLine:
    return NewLine(
        description="x",
        quantity=Decimal(given["quantity"]),
        unit_price=Decimal(given["unit_price"]),
        tax_rate=decimal(given["tax_rate"]),
        discount=discount(given["discount"]),
        tax_category=given["tax_category"],
        tax_name=given["tax_name"],
        price_quantity=Decimal(given.get("price_quantity") or "1"),
        taxes=taxes(given),
        charges=adjustments(given, "charges"),
        allowances=adjustments(given, "allowances"),
    )


def invoiced(case: Given) -> Invoice:
    """The invoice, still a draft, of a case. `ValidationFailed` where it is refused."""
    rounding = case.get("rounding") or {}
    new = a_new_invoice(
        *map(line, case["lines"]),
        currency=case["currency"],
        tax_rate=decimal(case["tax_rate"]),
        taxes=taxes(case),
        discount=discount(case["discount"]),
        prices_include_tax=case["prices_include_tax"],
        charges=of_the_invoice(case, "charges"),
        allowances=of_the_invoice(case, "allowances"),
        withholdings=tuple(
            NewWithholding(name=each["name"], rate=Decimal(each["rate"])) for each in case.get("withholdings") or ()
        ),
        prepayments=tuple(NewPrepayment(amount=Decimal(each["amount"])) for each in case.get("prepayments") or ()),
        rounding=RoundingChoice(**rounding | {"cash": decimal(rounding.get("cash"))}) if rounding else None,
    )
    return an_invoice(new)


def figures(invoice: Invoice) -> dict[str, Any]:
    """The figures of an invoice."""
    rows = {"line": invoice.lines, "charge": invoice.charges, "allowance": invoice.allowances}
    return _document(invoice, rows)


class Crediting:
    """An invoice, and the credit notes that the product makes of it, whatever they come to."""

    def __init__(self, invoice: Invoice) -> None:
        self.invoice = replace(invoice, seller=an_account().as_seller("USD", "en"), number="INV-1")

    def note(self, items: Note) -> dict[str, Any]:
        """Credit this, and return the figures of the note."""
        asked = None if items is None else [self._asked(index, items[index]) for index in sorted(items)]
        return self._issued(credit_lines(self.invoice, parts_to_credit(self.invoice, asked)))

    def discount_note(self, discount: int) -> tuple[list[int], dict[str, Any]]:
        """Credit a discount for early payment, and return the rows and the figures of the note."""
        lines = discount_lines(self.invoice, discount)
        places = {line.id: index for index, line in enumerate(self.invoice.taxed_lines)}
        return [places[line.line_id] for line in lines], self._issued(lines)

    def _issued(self, lines: tuple[CreditLine, ...]) -> dict[str, Any]:
        note = issue_credit_note(
            self.invoice, lines, note_id="cn_1", number="CN-1", reason=None, on=NOW.date(), now=NOW
        )
        self.invoice = replace(
            self.invoice,
            credited=with_credit(self.invoice, lines),
            amount_credited=self.invoice.amount_credited + note.total,
            applied_to_invoice=self.invoice.applied_to_invoice + note.applied_to_invoice,
            credited_to_customer=self.invoice.credited_to_customer + note.credited_to_customer,
            withheld_credited=summed(self.invoice.withheld_credited, note.on_invoice().withheld),
        )
        kinds = ("line", "charge", "allowance")
        return _document(note, {kind: [line for line in lines if line.kind == kind] for kind in kinds})

    def _asked(self, index: int, item: Item) -> CreditItem:
        value = Decimal(item.value.numerator) / Decimal(item.value.denominator)
        if item.measure == "amount":
            value = Decimal(written(int(item.value), self.invoice.currency))
        return CreditItem(self.invoice.taxed_lines[index].id, **{item.measure: value})


def _document(of: Any, rows: Mapping[str, Sequence[Any]]) -> dict[str, Any]:
    payable = {"amount_payable": written(of.amount_payable, of.currency)} if of.amount_payable != of.total else {}
    adjustments = {f"{kind}s": [_adjustment(row, of.currency) for row in rows[kind]] for kind in rows if kind != "line"}
    return {
        **_amounts(of, (*NAMES, *EXTRA), of.currency),
        **payable,
        "tax_breakdown": [_group(group, of.currency) for group in of.tax_breakdown],
        "lines": [
            _amounts(row, (*NAMES, "charges_total", "allowances_total"), of.currency) | _taxes(row, of.currency)
            for row in rows["line"]
        ],
        **{name: each for name, each in adjustments.items() if each},
    }


def _amounts(of: Any, names: Sequence[str], currency: str) -> dict[str, str]:
    values = {name: getattr(of, "discount_amount" if name == "discount" else name, 0) for name in names}
    return {name: written(value, currency) for name, value in values.items() if value or name not in EXTRA}


def _adjustment(row: Any, currency: str) -> dict[str, Any]:
    amounts = {"net": row.total - row.tax, "tax": row.tax, "total": row.total}
    return {name: written(value, currency) for name, value in amounts.items()} | _taxes(row, currency)


def _taxes(row: Any, currency: str) -> dict[str, Any]:
    return {"taxes": [written(tax.amount, currency) for tax in row.taxes]} if row.taxes else {}


def _group(group: TaxGroup, currency: str) -> dict[str, Any]:
    return {
        "tax_rate": Fraction(group.rate),
        "tax_category": group.category,
        "tax_name": group.name,
        "taxable": written(group.taxable, currency),
        "tax": written(group.tax, currency),
        **({"compound": True} if group.compound else {}),
    }
