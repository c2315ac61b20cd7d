"""Taxes, charges and allowances, withholdings and prepayments in responses."""

from typing import TypedDict

from invoicing.domain.invoices.line import Line
from invoicing.domain.money.adjustments import Adjustment
from invoicing.domain.money.amounts import written
from invoicing.domain.money.payable import Prepayment, Withholding
from invoicing.domain.money.tax import LineTax, Tax
from invoicing.exact_json import Number, decimal, number


class TaxOutput(TypedDict):
    """One of several taxes of an invoice's lines."""

    name: str
    rate: Number
    compound: bool


class LineTaxOutput(TaxOutput):
    """One of several taxes of a line, with its amount."""

    amount: Number


class AdjustmentOutput(TypedDict):
    """A charge or allowance; ``amount`` contains tax where prices include it."""

    description: str
    percentage: Number | None
    amount: Number


class DocumentAdjustmentOutput(AdjustmentOutput):
    """A charge or allowance of the whole invoice with its taxes; ``total`` contains them."""

    id: str
    tax_rate: Number | None
    taxes: list[LineTaxOutput]
    tax_category: str | None
    tax_name: str | None
    tax_exemption_reason: str | None
    tax_exemption_code: str | None
    tax: Number
    total: Number


class WithholdingOutput(TypedDict):
    """A tax that the customer withholds, with its amount."""

    name: str
    rate: Number
    amount: Number


class PrepaymentOutput(TypedDict):
    """A payment made before the invoice."""

    reference: str | None
    date: str | None
    amount: Number
    tax: Number | None


def tax_output(tax: Tax) -> TaxOutput:
    """Return one of several taxes."""
    return TaxOutput(name=tax.name, rate=decimal(tax.rate), compound=tax.compound)


def line_tax_output(tax: LineTax, currency: str, sign: int = 1) -> LineTaxOutput:
    """Return one of several taxes of a line; ``sign`` -1 turns it around."""
    return LineTaxOutput(
        name=tax.name,
        rate=decimal(tax.rate),
        compound=tax.compound,
        amount=number(written(sign * tax.amount, currency)),
    )


def adjustment_output(adjustment: Adjustment, currency: str) -> AdjustmentOutput:
    """Return a charge or allowance of a line."""
    return AdjustmentOutput(
        description=adjustment.description,
        percentage=_rate(adjustment),
        amount=number(written(adjustment.amount, currency)),
    )


def document_adjustment_output(line: Line, currency: str) -> DocumentAdjustmentOutput:
    """Return a charge or allowance of an invoice; both have positive amounts."""
    sign = int(line.quantity)
    return DocumentAdjustmentOutput(
        id=line.id,
        description=line.description,
        percentage=_rate(line),
        amount=decimal(line.unit_price),
        tax_rate=None if line.taxes else decimal(line.tax_rate),
        taxes=[line_tax_output(tax, currency, sign) for tax in line.taxes],
        tax_category=line.tax_category,
        tax_name=line.tax_name,
        tax_exemption_reason=line.tax_exemption_reason,
        tax_exemption_code=line.tax_exemption_code,
        tax=number(written(sign * line.tax, currency)),
        total=number(written(sign * line.total, currency)),
    )


def withholding_output(withholding: Withholding, currency: str) -> WithholdingOutput:
    """Return a withholding."""
    return WithholdingOutput(
        name=withholding.name,
        rate=decimal(withholding.rate),
        amount=number(written(withholding.amount, currency)),
    )


def prepayment_output(prepayment: Prepayment, currency: str) -> PrepaymentOutput:
    """Return a prepayment."""
    return PrepaymentOutput(
        reference=prepayment.reference,
        date=prepayment.paid_on.isoformat() if prepayment.paid_on else None,
        amount=number(written(prepayment.amount, currency)),
        tax=None if prepayment.tax is None else number(written(prepayment.tax, currency)),
    )


def _rate(adjustment: Adjustment | Line) -> Number | None:
    return None if adjustment.percentage is None else decimal(adjustment.percentage)
