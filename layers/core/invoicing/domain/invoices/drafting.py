"""Drafts: build an invoice from the client's input, the customer and the account."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field, replace
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from typing import Any

from invoicing.dataclass import dataclass
from invoicing.domain.calendar import today
from invoicing.domain.errors import Detail, ValidationFailed
from invoicing.domain.files.attachment import Attachment
from invoicing.domain.invoices.exemptions import with_exemptions
from invoicing.domain.invoices.invoice import Invoice, Status
from invoicing.domain.invoices.lifecycle import has_number_of_series
from invoicing.domain.invoices.lines import NewLine, adjustment_lines, given_adjustments, given_lines, lines_of
from invoicing.domain.invoices.particulars import NO_PARTICULARS, Particulars, checked
from invoicing.domain.invoices.payment_terms import EarlyPaymentDiscount, discounts_of, invoice_dates
from invoicing.domain.invoices.service_period import ServicePeriod
from invoicing.domain.money.adjustments import NewDocumentAdjustment
from invoicing.domain.money.discounts import Discount
from invoicing.domain.money.payable import (
    PAYABLE,
    NewPrepayment,
    NewWithholding,
    amount_payable,
    given_prepayments,
    given_withholdings,
    rounding_for,
)
from invoicing.domain.money.rounding import Rounding, RoundingChoice
from invoicing.domain.money.tax import ONE, ZERO, Tax, whole_rate
from invoicing.domain.money.tax_categories import check_categories
from invoicing.domain.money.totals import Totals, compute_totals
from invoicing.domain.parties.account import Account
from invoicing.domain.parties.customer import Buyer, Customer

FOLLOWING = ("number", "currency", "locale", "issue_date", "due_date", "payment_terms", "series_id")
"""Fields that get a default when the client leaves them out, at the latest when the invoice is issued."""

_AS_GIVEN = (
    "tax_rate", "taxes", "discount", "exchange_rate", "prices_include_tax", "notes", "purchase_order", "template_id",
    "service_period", "email_subject", "email_message", "metadata",
)  # fmt: skip
"""Fields that an invoice has as the client gives them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewInvoice:
    """An invoice as the client gives it; a field of None defaults from the customer, else from the account."""

    customer_id: str
    lines: Sequence[NewLine]
    currency: str | None = None
    number: str | None = None
    series_id: str | None = None
    issue_date: date | None = None
    due_date: date | None = None
    payment_terms: str | None = None
    early_payment_discounts: tuple[EarlyPaymentDiscount, ...] | None = None
    tax_rate: Decimal | None = None
    discount: Discount | None = None
    prices_include_tax: bool = False
    taxes: tuple[Tax, ...] = ()
    charges: tuple[NewDocumentAdjustment, ...] = ()
    allowances: tuple[NewDocumentAdjustment, ...] = ()
    withholdings: tuple[NewWithholding, ...] = ()
    prepayments: tuple[NewPrepayment, ...] = ()
    rounding: RoundingChoice | None = None
    exchange_rate: Decimal | None = None
    notes: str | None = None
    purchase_order: str | None = None
    template_id: str | None = None
    service_period: ServicePeriod | None = None
    particulars: Particulars = NO_PARTICULARS
    locale: str | None = None
    email_subject: str | None = None
    email_message: str | None = None
    metadata: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Defaults:
    """Default values of an invoice; ``issue_date`` is today, unless a draft keeps its own.

    ``small_business`` is the account's.
    """

    currency: str
    locale: str
    payment_terms: str
    series_id: str | None
    issue_date: date
    rounding: Rounding
    small_business: bool


def defaults_of(account: Account, customer: Customer, now: datetime) -> Defaults:
    """Return the defaults of the customer, else of the account."""
    return Defaults(
        currency=customer.currency or account.currency,
        locale=customer.locale or account.locale,
        payment_terms=customer.payment_terms or account.payment_terms,
        series_id=customer.series_id or account.default_series("invoice").id,
        issue_date=today(now, account.time_zone),
        rounding=account.rounding,
        small_business=account.small_business,
    )


def draft_invoice(
    new: NewInvoice, account: Account, customer: Customer, *, new_id: Callable[[str], str], now: datetime
) -> Invoice:
    """Return the draft with its amounts; `ValidationFailed` for impossible dates, discounts, taxes or totals."""
    draft = Invoice(
        **_content(new, defaults_of(account, customer, now), new_id("item")),
        account=account.account,
        id=new_id("inv"),
        version=1,
        revision=1,
        status=Status.DRAFT,
        buyer=customer.as_buyer(),
        time_zone=account.time_zone,
        created_at=now,
        updated_at=now,
    )
    return _with_checked_taxes(draft, small_business=account.small_business)


def redraft_invoice(
    draft: Invoice, new: NewInvoice, defaults: Defaults, buyer: Buyer, *, new_id: Callable[[str], str], now: datetime
) -> Invoice:
    """Return the draft with new content; the same draft when nothing changes. Errors as `draft_invoice`.

    Unchanged lines keep their identifiers. A number assigned by the series stays, and so does the series.
    """
    same_lines = tuple(new.lines) == given_lines(draft.lines, draft.currency)
    content = _content(new, defaults, draft.lines[0].id[:-3] if same_lines else new_id("item"))
    if has_number_of_series(draft):
        content |= {"number": draft.number, "series_id": draft.series_id}
    redrafted = _with_checked_taxes(replace(draft, **content, buyer=buyer), small_business=defaults.small_business)
    if redrafted == draft:
        return draft
    return replace(redrafted, version=draft.version + 1, revision=draft.revision + 1, updated_at=now)


def with_attachments(draft: Invoice, updated: Invoice, attachments: tuple[Attachment, ...], now: datetime) -> Invoice:
    """Return what became of a draft with other attachments; the same draft when nothing changes."""
    if attachments == draft.attachments:
        return updated
    return replace(
        updated, attachments=attachments, version=draft.version + 1, revision=draft.revision + 1, updated_at=now
    )


def as_given(invoice: Invoice) -> NewInvoice:
    """Return the input that makes this invoice: None where the client gave no value."""

    def given(name: str) -> Any:
        return None if name in invoice.defaulted else getattr(invoice, name)

    return NewInvoice(
        customer_id=invoice.buyer.id,
        lines=given_lines(invoice.lines, invoice.currency),
        charges=given_adjustments(invoice.charges),
        allowances=given_adjustments(invoice.allowances),
        withholdings=given_withholdings(invoice.withholdings),
        prepayments=given_prepayments(invoice.prepayments, invoice.currency),
        rounding=invoice.rounding_choice,
        early_payment_discounts=_given_discounts(invoice),
        particulars=invoice.particulars,
        **{name: getattr(invoice, name) for name in _AS_GIVEN},
        **{name: given(name) for name in FOLLOWING},
    )


def _given_discounts(invoice: Invoice) -> tuple[EarlyPaymentDiscount, ...] | None:
    """Return the early-payment discounts that do not follow from the terms."""
    discounts = invoice.early_payment_discounts
    return None if discounts == discounts_of(None, invoice.payment_terms) else discounts


def _early_payment_discounts(new: NewInvoice, payment_terms: str | None) -> tuple[EarlyPaymentDiscount, ...]:
    discounts = discounts_of(new.early_payment_discounts, payment_terms)
    if discounts and new.withholdings:
        message = (
            "early_payment_discounts must be [] on an invoice with withholdings, since a discount changes what is "
            "withheld; credit the discount when it is taken."
        )
        raise ValidationFailed(Detail("early_payment_discounts", message, "VALUE_INVALID"))
    return discounts


def _content(new: NewInvoice, defaults: Defaults, first_line_id: str) -> dict[str, Any]:
    """Return the fields that follow from the client's input, including the amounts."""
    if new.number is not None and new.series_id is not None:
        message = "series_id must not be given with invoice_number: your own numbers belong to no series."
        raise ValidationFailed(Detail("series_id", message, "SERIES_CONFLICT", new.series_id))
    currency = new.currency or defaults.currency
    terms = new.payment_terms or defaults.payment_terms
    issue_date, due_date = invoice_dates(
        today=defaults.issue_date, issue_date=new.issue_date, due_date=new.due_date, payment_terms=terms
    )
    payment_terms = terms if new.due_date is None else new.payment_terms
    rounding = rounding_for(currency, new.rounding, defaults.rounding)
    totals = _totals(new, currency, rounding)
    default_rate = whole_rate(new.taxes) if new.taxes else new.tax_rate or ZERO
    return {
        **{name: getattr(new, name) for name in _AS_GIVEN},
        **_adjustments(new, totals, currency, default_rate, first_line_id),
        **_payable(new, totals, currency, rounding),
        "number": new.number,
        "currency": currency,
        "locale": new.locale or defaults.locale,
        "issue_date": issue_date,
        "due_date": due_date,
        "payment_terms": payment_terms,
        "early_payment_discounts": _early_payment_discounts(new, payment_terms),
        "series_id": None if new.number is not None else new.series_id or defaults.series_id,
        "defaulted": tuple(name for name in FOLLOWING if getattr(new, name) is None),
        "rounding": rounding,
        "rounding_choice": new.rounding,
        "particulars": checked(new.particulars, issue_date),
        "lines": lines_of(new.lines, totals, default_rate, first_line_id),
        "subtotal": totals.subtotal,
        "discount_amount": totals.discount,
        "tax": totals.tax,
        "total": totals.total,
        "tax_breakdown": totals.breakdown,
    }


def _with_checked_taxes(draft: Invoice, *, small_business: bool) -> Invoice:
    """Return the draft with the reasons of what has no tax, after the check of its categories."""
    taxed = {"items": draft.lines, "charges": draft.charges, "allowances": draft.allowances}
    check_categories(taxed, small_business=small_business)
    return with_exemptions(draft, small_business=small_business)


def _totals(new: NewInvoice, currency: str, rounding: Rounding) -> Totals:
    return compute_totals(
        new.lines,
        currency,
        tax_rate=new.tax_rate or ZERO,
        taxes=new.taxes,
        discount=new.discount,
        charges=new.charges,
        allowances=new.allowances,
        prices_include_tax=new.prices_include_tax,
        rounding=rounding,
    )


def _adjustments(
    new: NewInvoice, totals: Totals, currency: str, default_rate: Decimal, first_line_id: str
) -> dict[str, Any]:
    """Return the charges and allowances of the invoice; their ids tell them from lines."""
    sums = {"charges_total": totals.charges_total, "allowances_total": totals.allowances_total}
    if not (new.charges or new.allowances):
        return {"charges": (), "allowances": (), **sums}
    make = partial(adjustment_lines, currency=currency, default_rate=default_rate, included=new.prices_include_tax)
    return {
        "charges": make(new.charges, totals.charges, quantity=ONE, first_id=f"{first_line_id}c"),
        "allowances": make(new.allowances, totals.allowances, quantity=-ONE, first_id=f"{first_line_id}a"),
        **sums,
    }


def _payable(new: NewInvoice, totals: Totals, currency: str, rounding: Rounding) -> dict[str, Any]:
    payable = amount_payable(
        totals.total,
        totals.tax,
        currency,
        withholdings=new.withholdings,
        prepayments=new.prepayments,
        rounding=rounding,
    )
    return {name: getattr(payable, name) for name in PAYABLE}
