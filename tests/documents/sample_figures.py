"""Invoices with every kind of figure, made by the rules themselves."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.invoices.lines import NewLine
from invoicing.domain.money.adjustments import NewAdjustment, NewDocumentAdjustment
from invoicing.domain.money.discounts import Discount
from invoicing.domain.money.payable import NewPrepayment, NewWithholding
from invoicing.domain.money.rounding import RoundingChoice
from invoicing.domain.money.tax import Tax
from tests.builders import a_line, a_new_invoice, an_account, an_issued_invoice
from tests.documents.sample_invoices import BUYER, SELLER

GST, QST = Tax(name="GST", rate=Decimal("0.05")), Tax(name="QST", rate=Decimal("0.09975"), compound=True)
REBATE = NewAdjustment(description="Volume rebate", percentage=Decimal(5))
PACKAGING = NewAdjustment(description="Packaging", amount=Decimal(3))
LOYALTY = NewDocumentAdjustment(description="Loyalty rebate", percentage=Decimal(2))
SHIPPING = NewDocumentAdjustment(description="Shipping", amount=Decimal("12.50"), tax_rate=Decimal("0.07"))
IRPF = NewWithholding(name="Retención IRPF", rate=Decimal("0.15"))
DEPOSIT = NewPrepayment(amount=Decimal(500), tax=Decimal("79.83"), reference="AB-12", paid_on=date(2026, 11, 2))
CASH = RoundingChoice(cash=Decimal("0.05"))


def invoice_with(*lines: NewLine, small_business: bool = False, **given: Any) -> Invoice:
    """An issued invoice with these lines, or two usual ones, and whatever the client gives beside them."""
    usual = (a_line("10", "150", "0.19", unit="h"), a_line("1", "200", "0.19", description="Software licence"))
    invoice = an_issued_invoice(
        a_new_invoice(*(lines or usual), **{"currency": "EUR"} | given), by=an_account(small_business=small_business)
    )
    return replace(invoice, seller=SELLER, buyer=BUYER)


def everything(*more: NewLine, **given: Any) -> Invoice:
    """An invoice with all figures that one can have, and with more lines."""
    lines = (
        a_line(
            "10", "150", "0.19", unit="h", sku="A-1", allowances=(REBATE,), charges=(PACKAGING,),
            discount=Discount(type="fixed", value=Decimal(10)),
        ),
        a_line("1", "200", "0.07", description="Software licence, one year"),
        a_line("2", "49.99", "0", description="Course", tax_category="E", tax_exemption_reason="Tuition"),
    )  # fmt: skip
    figures: dict[str, Any] = {
        "discount": Discount(type="percentage", value=Decimal(3)),
        "allowances": (replace(LOYALTY, tax_rate=Decimal("0.19")),),
        "charges": (SHIPPING,),
        "withholdings": (IRPF,),
        "prepayments": (DEPOSIT,),
        "rounding": CASH,
    }
    return invoice_with(*lines, *more, **figures | given)
