"""Makes a draft invoice from what a client says, the customer and the account."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from invoicing.domain.calendar import invoice_dates, today
from invoicing.domain.invoice import Invoice, Line, Status
from invoicing.domain.party import Account, Customer
from invoicing.domain.tax import ZERO, Discount, LineFigures, Totals, compute_totals
from invoicing.domain.value import value


@value
class NewLine:
    """A line as a client gives it; without a ``tax_rate`` the invoice's applies."""

    description: str
    quantity: Decimal
    unit_price: Decimal
    tax_rate: Decimal | None = None
    discount: Discount | None = None
    sku: str | None = None
    unit: str | None = None
    tax_category: str | None = None
    tax_name: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewInvoice:
    """An invoice as a client gives it; what is None follows from the customer, else from the account."""

    customer_id: str
    lines: Sequence[NewLine]
    currency: str | None = None
    number: str | None = None
    issue_date: date | None = None
    due_date: date | None = None
    payment_terms: str | None = None
    tax_rate: Decimal | None = None
    discount: Discount | None = None
    prices_include_tax: bool = False
    notes: str | None = None
    purchase_order: str | None = None
    locale: str | None = None
    email_subject: str | None = None
    email_message: str | None = None
    metadata: Mapping[str, str] = field(default_factory=dict)


def draft_invoice(
    new: NewInvoice, account: Account, customer: Customer, *, new_id: Callable[[str], str], now: datetime
) -> Invoice:
    """The draft with its figures; `ValidationFailed` for dates, discounts or totals that cannot be."""
    currency = new.currency or customer.currency or account.currency
    terms = new.payment_terms or customer.payment_terms or account.payment_terms
    issue_date, due_date = invoice_dates(
        today=today(now, account.time_zone), issue_date=new.issue_date, due_date=new.due_date, payment_terms=terms
    )
    default_rate = ZERO if new.tax_rate is None else new.tax_rate
    totals = compute_totals(
        new.lines,
        currency,
        tax_rate=default_rate,
        discount=new.discount,
        prices_include_tax=new.prices_include_tax,
    )
    return Invoice(
        **_as_given(new),
        account=account.account,
        id=new_id("inv"),
        version=1,
        revision=1,
        status=Status.DRAFT,
        buyer=customer.as_buyer(),
        currency=currency,
        time_zone=account.time_zone,
        locale=new.locale or customer.locale or account.locale,
        issue_date=issue_date,
        due_date=due_date,
        payment_terms=terms if new.due_date is None else new.payment_terms,
        lines=_lines(new.lines, totals, default_rate, new_id("item")),
        subtotal=totals.subtotal,
        discount_amount=totals.discount,
        tax=totals.tax,
        total=totals.total,
        tax_breakdown=totals.breakdown,
        created_at=now,
        updated_at=now,
    )


def _as_given(new: NewInvoice) -> dict[str, Any]:
    return {
        "number": new.number,
        "tax_rate": new.tax_rate,
        "discount": new.discount,
        "prices_include_tax": new.prices_include_tax,
        "notes": new.notes,
        "purchase_order": new.purchase_order,
        "email_subject": new.email_subject,
        "email_message": new.email_message,
        "metadata": new.metadata,
    }


def _lines(new: Sequence[NewLine], totals: Totals, default_rate: Decimal, first_id: str) -> tuple[Line, ...]:
    """The lines with their figures; they share one identifier and have a running number each."""
    return tuple(
        _line(line, figures, default_rate, f"{first_id}{number:03}")
        for number, (line, figures) in enumerate(zip(new, totals.lines, strict=True), 1)
    )


def _line(new: NewLine, figures: LineFigures, default_rate: Decimal, line_id: str) -> Line:
    return Line(
        id=line_id,
        description=new.description,
        quantity=new.quantity,
        unit_price=new.unit_price,
        tax_rate=default_rate if new.tax_rate is None else new.tax_rate,
        discount=new.discount,
        sku=new.sku,
        unit=new.unit,
        tax_category=new.tax_category,
        tax_name=new.tax_name,
        subtotal=figures.subtotal,
        discount_amount=figures.discount,
        tax=figures.tax,
        total=figures.total,
    )
