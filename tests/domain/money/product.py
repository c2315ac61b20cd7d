"""The product's side of vectors and second opinion: its invoice of a case, and its figures as vectors write them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from invoicing.domain.credit_notes.credit_note import CreditLine, tax_groups
from invoicing.domain.credit_notes.crediting import CreditItem, credit_lines, parts_to_credit, with_credit
from invoicing.domain.invoices.invoice import Invoice, Line
from invoicing.domain.invoices.lines import NewLine
from invoicing.domain.money.adjustments import NewAdjustment, NewDocumentAdjustment
from invoicing.domain.money.amounts import written
from invoicing.domain.money.discounts import Discount
from invoicing.domain.money.payable import NewPrepayment, NewWithholding
from invoicing.domain.money.rounding import RoundingChoice
from invoicing.domain.money.tax import Tax, TaxGroup
from tests.builders import a_new_invoice, an_invoice
from tests.domain.money.second_opinion.credit import Item, Note

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
    return shown(
        invoice,
        invoice.tax_breakdown,
        {"line": invoice.lines, "charge": invoice.charges, "allowance": invoice.allowances},
        invoice.currency,
    )


EXTRA = ("charges_total", "allowances_total", "withheld_total", "prepaid_total", "rounding_amount")


def shown(of: Any, breakdown: Sequence[TaxGroup], rows: Mapping[str, Sequence[Any]], currency: str) -> dict[str, Any]:
    adjustments = {f"{kind}s": [adjustment(row, currency) for row in rows[kind]] for kind in ("charge", "allowance")}
    payable = {"amount_payable": of.amount_payable} if of.amount_payable != of.total else {}
    return {
        **amounts(of, ("subtotal", "discount", "tax", "total", *EXTRA), currency),
        **{name: written(value, currency) for name, value in payable.items()},
        "tax_breakdown": [group(each, currency) for each in breakdown],
        "lines": [
            amounts(row, ("subtotal", "discount", "tax", "total", *EXTRA[:2]), currency) | taxes_of(row, currency)
            for row in rows["line"]
        ],
        **{name: each for name, each in adjustments.items() if each},
    }


def amounts(of: Any, names: Sequence[str], currency: str) -> dict[str, str]:
    values = {name: getattr(of, {"discount": "discount_amount"}.get(name, name)) for name in names}
    return {name: written(value, currency) for name, value in values.items() if value or name not in EXTRA}


def adjustment(row: Any, currency: str) -> dict[str, Any]:
    net = row.total - row.tax
    figures = {"net": net, "tax": row.tax, "total": row.total}
    return {name: written(value, currency) for name, value in figures.items()} | taxes_of(row, currency)


def taxes_of(row: Any, currency: str) -> dict[str, Any]:
    return {"taxes": [written(tax.amount, currency) for tax in row.taxes]} if row.taxes else {}


def group(of: TaxGroup, currency: str) -> dict[str, Any]:
    return {
        "tax_rate": Fraction(of.rate),
        "tax_category": of.category,
        "tax_name": of.name,
        "taxable": written(of.taxable, currency),
        "tax": written(of.tax, currency),
        **({"compound": True} if of.compound else {}),
    }
