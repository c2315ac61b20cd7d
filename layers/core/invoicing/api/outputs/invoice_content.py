"""What an invoice has in it, as the client gave it, in responses."""

from collections.abc import Iterable
from decimal import Decimal
from typing import TypedDict

from invoicing.api.outputs.adjustments import TaxOutput, tax_output
from invoicing.api.outputs.line_particulars import LineParticularsOutput, given_particulars_output
from invoicing.api.outputs.lines import DiscountOutput, discount_output
from invoicing.api.outputs.locales import GivenLanguagesOutput, given_languages_output
from invoicing.api.outputs.particulars import StandingParticularsOutput, standing_particulars_output
from invoicing.domain.invoices.drafting import NewInvoice
from invoicing.domain.invoices.lines import NewLine
from invoicing.domain.money.adjustments import NewAdjustment, NewDocumentAdjustment
from invoicing.domain.money.rounding import RoundingChoice
from invoicing.domain.money.tax import Tax
from invoicing.exact_json import Number, decimal


class GivenAdjustmentOutput(TypedDict):
    """A charge or allowance as the client gave it."""

    description: str
    amount: Number | None
    percentage: Number | None


class GivenTaxationOutput(TypedDict):
    """How something is taxed, as the client gave it; without a rate and taxes as the whole invoice."""

    tax_rate: Number | None
    taxes: list[TaxOutput] | None
    tax_category: str | None
    tax_name: str | None
    tax_exemption_reason: str | None
    tax_exemption_code: str | None


class GivenDocumentAdjustmentOutput(GivenAdjustmentOutput, GivenTaxationOutput):
    """A charge or allowance of whole invoices as the client gave it."""


class GivenFiguresOutput(GivenTaxationOutput):
    """What a line charges for, as the client gave it."""

    description: str
    quantity: Number
    unit: str | None
    unit_price: Number
    price_quantity: Number
    sku: str | None
    discount: DiscountOutput | None
    charges: list[GivenAdjustmentOutput]
    allowances: list[GivenAdjustmentOutput]


class GivenLineOutput(GivenFiguresOutput, LineParticularsOutput):
    """A line as the client gave it."""


class GivenDiscountOutput(TypedDict):
    """An early-payment discount as the client gave it."""

    percent: Number
    days: int


class GivenWithholdingOutput(TypedDict):
    """A withholding as the client gave it."""

    name: str
    rate: Number


class GivenRoundingOutput(TypedDict):
    """A rounding as the client gave it; null: as the account."""

    level: str | None
    mode: str | None
    cash: Number | None


class ContentOutput(StandingParticularsOutput, GivenLanguagesOutput):
    """What the invoices have in them, as the client gave it; null: as customer or account have it at each date."""

    items: list[GivenLineOutput]
    currency: str | None
    series_id: str | None
    payment_terms: str | None
    early_payment_discounts: list[GivenDiscountOutput] | None
    tax_rate: Number | None
    taxes: list[TaxOutput] | None
    discount: DiscountOutput | None
    charges: list[GivenDocumentAdjustmentOutput]
    allowances: list[GivenDocumentAdjustmentOutput]
    withholdings: list[GivenWithholdingOutput]
    rounding: GivenRoundingOutput | None
    prices_include_tax: bool
    notes: str | None
    purchase_order: str | None
    template_id: str | None
    email_subject: str | None
    email_message: str | None
    metadata: dict[str, str]


def content_output(content: NewInvoice) -> ContentOutput:
    """Return what an invoice has in it, as the client gave it."""
    discounts = content.early_payment_discounts
    return ContentOutput(
        items=[_line(line) for line in content.lines],
        currency=content.currency,
        series_id=content.series_id,
        payment_terms=content.payment_terms,
        early_payment_discounts=None
        if discounts is None
        else [GivenDiscountOutput(percent=decimal(each.percent), days=each.days) for each in discounts],
        tax_rate=_decimal(content.tax_rate),
        taxes=_taxes(content.taxes),
        discount=discount_output(content.discount),
        charges=_document_adjustments(content.charges),
        allowances=_document_adjustments(content.allowances),
        withholdings=[GivenWithholdingOutput(name=each.name, rate=decimal(each.rate)) for each in content.withholdings],
        rounding=_rounding(content.rounding),
        prices_include_tax=content.prices_include_tax,
        notes=content.notes,
        purchase_order=content.purchase_order,
        **standing_particulars_output(content.particulars),
        template_id=content.template_id,
        **given_languages_output(content.locale),
        email_subject=content.email_subject,
        email_message=content.email_message,
        metadata=dict(content.metadata),
    )


def _line(line: NewLine) -> GivenLineOutput:
    return GivenLineOutput(
        description=line.description,
        quantity=decimal(line.quantity),
        unit=line.unit,
        unit_price=decimal(line.unit_price),
        price_quantity=decimal(line.price_quantity),
        sku=line.sku,
        discount=discount_output(line.discount),
        charges=[_adjustment(each) for each in line.charges],
        allowances=[_adjustment(each) for each in line.allowances],
        **_taxation(line),
        **given_particulars_output(line.particulars),
    )


def _taxation(taxed: NewLine | NewDocumentAdjustment) -> GivenTaxationOutput:
    return GivenTaxationOutput(
        tax_rate=_decimal(taxed.tax_rate),
        taxes=_taxes(taxed.taxes),
        tax_category=taxed.tax_category,
        tax_name=taxed.tax_name,
        tax_exemption_reason=taxed.tax_exemption_reason,
        tax_exemption_code=taxed.tax_exemption_code,
    )


def _taxes(taxes: Iterable[Tax]) -> list[TaxOutput] | None:
    return [tax_output(tax) for tax in taxes] or None


def _adjustment(adjustment: NewAdjustment) -> GivenAdjustmentOutput:
    return GivenAdjustmentOutput(
        description=adjustment.description,
        amount=_decimal(adjustment.amount),
        percentage=_decimal(adjustment.percentage),
    )


def _document_adjustments(adjustments: Iterable[NewDocumentAdjustment]) -> list[GivenDocumentAdjustmentOutput]:
    return [GivenDocumentAdjustmentOutput(**_adjustment(each), **_taxation(each)) for each in adjustments]


def _rounding(rounding: RoundingChoice | None) -> GivenRoundingOutput | None:
    if rounding is None:
        return None
    return GivenRoundingOutput(level=rounding.level, mode=rounding.mode, cash=_decimal(rounding.cash))


def _decimal(value: Decimal | None) -> Number | None:
    return None if value is None else decimal(value)
