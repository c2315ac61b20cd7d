"""Invoices to make documents of."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from invoicing.domain.invoices.invoice import Invoice, Status
from invoicing.domain.invoices.line import Line
from invoicing.domain.invoices.lines import given_lines
from invoicing.domain.money.discounts import Discount
from invoicing.domain.money.totals import Totals, compute_totals
from invoicing.domain.parties.account import Seller
from invoicing.domain.parties.customer import Buyer
from invoicing.domain.parties.details import Address, BankAccount, TaxId
from invoicing.domain.templates.template import Design, Template, TemplateRef
from invoicing_documents.wording import languages

DRAWN = sorted(set(languages()) - {"ar", "he", "hi", "ja", "ko", "th", "zh-Hans", "zh-Hant"})
"""Languages whose characters the typeface of PDFs has."""

SENT_AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)

SELLER = Seller(
    name="Acme Studio GmbH",
    email="billing@acme.example",
    address=Address(line1="Hauptstraße 12", postal_code="10115", city="Berlin", country="DE"),
    tax_ids=(TaxId(type="eu_vat", value="DE123456789"), TaxId(type="de_tax_number", value="27/123/45678")),
    payment_instructions="Please transfer the amount to the account below.",
    bank_account=BankAccount(iban="DE89370400440532013000", bic="COBADEFFXXX", holder="Acme Studio GmbH"),
)
BUYER = Buyer(
    id="cust_123",
    version=1,
    name="Initech Ltd.",
    email="ap@initech.example",
    address=Address(line1="4120 Freidrich Lane", city="Austin", state="TX", postal_code="78744", country="US"),
)


def line_of(
    description: str, quantity: str = "1", unit_price: str = "100", tax_rate: str = "0.08", **more: Any
) -> Line:
    """A line whose amounts are not computed yet."""
    return Line(
        id="item_1",
        description=description,
        quantity=Decimal(quantity),
        unit_price=Decimal(unit_price),
        tax_rate=Decimal(tax_rate),
        subtotal=0,
        discount_amount=0,
        tax=0,
        total=0,
        **more,
    )


TWO_LINES = (
    line_of("Consulting services", "10", "150", unit="h"),
    line_of("Software licence, one year", "1", "200"),
)


def invoice_of(
    lines: Sequence[Line] = TWO_LINES,
    *,
    currency: str = "USD",
    discount: Discount | None = None,
    prices_include_tax: bool = False,
    **overrides: Any,
) -> Invoice:
    """An issued invoice with these lines; its amounts are the domain's."""
    totals = compute_totals(
        given_lines(lines, currency), currency, discount=discount, prices_include_tax=prices_include_tax
    )
    invoice = Invoice(
        account="acc_1",
        id="inv_01",
        version=3,
        revision=1,
        status=Status.SENT,
        number="INV-2026-001",
        buyer=BUYER,
        seller=SELLER,
        currency=currency,
        time_zone="Europe/Berlin",
        locale="en",
        issue_date=date(2026, 11, 22),
        due_date=date(2026, 12, 22),
        payment_terms="Net 30",
        lines=_with_amounts(lines, totals),
        discount=discount,
        prices_include_tax=prices_include_tax,
        subtotal=totals.subtotal,
        discount_amount=totals.discount,
        tax=totals.tax,
        total=totals.total,
        tax_breakdown=totals.breakdown,
        created_at=SENT_AT,
        updated_at=SENT_AT,
        sent_at=SENT_AT,
    )
    return replace(invoice, **overrides)


def _with_amounts(lines: Sequence[Line], totals: Totals) -> tuple[Line, ...]:
    return tuple(
        line._replace(
            id=f"item_{index}",
            subtotal=amounts.subtotal,
            discount_amount=amounts.discount,
            tax=amounts.tax,
            total=amounts.total,
        )
        for index, (line, amounts) in enumerate(zip(lines, totals.lines, strict=True), start=1)
    )


def many_lines(count: int) -> tuple[Line, ...]:
    """Lines of different lengths and amounts, each with a description of its own."""
    words = "Design and implementation of the ordering workflow, including review and documentation"
    return tuple(
        line_of(
            f"Item {index:03} {words[: 10 + 7 * (index % 12)]}",
            f"{1 + index % 7}.{index % 4 * 25:02}",
            f"{10 + index % 90}.{index % 100:02}",
            ("0.19", "0.07", "0")[index % 3],
        )
        for index in range(1, count + 1)
    )


def template_with(**design: Any) -> Template:
    """A template with this design."""
    ref = TemplateRef("tmpl_1", 1)
    return Template(
        account="acc_1", id=ref.key, ref=ref, name="A", design=Design(**design), created_at=SENT_AT, updated_at=SENT_AT
    )
