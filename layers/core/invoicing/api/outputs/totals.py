"""Totals and taxes of invoices in responses."""

from typing import TypedDict

from invoicing.api.outputs.adjustments import (
    DocumentAdjustmentOutput,
    PrepaymentOutput,
    WithholdingOutput,
    document_adjustment_output,
    prepayment_output,
    withholding_output,
)
from invoicing.api.outputs.lines import DiscountOutput, discount_output
from invoicing.api.outputs.rounding import RoundingOutput, rounding_output
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.money.amounts import written
from invoicing.domain.money.tax import TaxGroup
from invoicing.exact_json import Number, decimal, number


class TaxGroupOutput(TypedDict):
    """The tax of all lines of one rate and category; ``exemption_reasons`` say why there is none.

    ``taxable`` of a compound tax contains the taxes below it.
    """

    tax_rate: Number
    tax_category: str | None
    tax_name: str | None
    compound: bool
    taxable: Number
    tax: Number
    exemption_reasons: list[str]
    exemption_code: str | None


class CalculatedTotalsOutput(TypedDict):
    """The totals of an invoice.

    ``total`` is ``subtotal`` less ``discount`` and ``allowances_total`` plus ``charges_total`` and ``tax``;
    ``amount_payable`` is ``total`` less ``withheld_total`` and ``prepaid_total`` plus ``rounding_amount``.
    """

    subtotal: Number
    discount: Number
    discount_detail: DiscountOutput | None
    charges: list[DocumentAdjustmentOutput]
    charges_total: Number
    allowances: list[DocumentAdjustmentOutput]
    allowances_total: Number
    tax: Number
    tax_breakdown: list[TaxGroupOutput]
    total: Number
    withholdings: list[WithholdingOutput]
    withheld_total: Number
    prepayments: list[PrepaymentOutput]
    prepaid_total: Number
    rounding: RoundingOutput
    rounding_amount: Number
    amount_payable: Number


class TotalsOutput(CalculatedTotalsOutput):
    """The totals of an invoice, and what became of the amount payable.

    ``amount_credited`` is the total of all credit notes, which lowered ``amount_due`` by ``applied_to_invoice``;
    ``credited_to_customer`` became customer credit.
    """

    amount_paid: Number
    amount_credited: Number
    applied_to_invoice: Number
    credited_to_customer: Number
    amount_written_off: Number
    amount_due: Number


def tax_group_output(group: TaxGroup, currency: str) -> TaxGroupOutput:
    """Return a tax group as responses show it."""
    return TaxGroupOutput(
        tax_rate=decimal(group.rate),
        tax_category=group.category,
        tax_name=group.name,
        compound=group.compound,
        taxable=money(group.taxable, currency),
        tax=money(group.tax, currency),
        exemption_reasons=list(group.exemption_reasons),
        exemption_code=group.exemption_code,
    )


def totals_output(invoice: Invoice) -> TotalsOutput:
    """Return the totals of an invoice and the amount due."""
    currency = invoice.currency
    return TotalsOutput(
        **calculated_totals_output(invoice),
        amount_paid=money(invoice.amount_paid, currency),
        amount_credited=money(invoice.amount_credited, currency),
        applied_to_invoice=money(invoice.applied_to_invoice, currency),
        credited_to_customer=money(invoice.credited_to_customer, currency),
        amount_written_off=money(invoice.amount_written_off, currency),
        amount_due=money(invoice.amount_due, currency),
    )


def calculated_totals_output(invoice: Invoice) -> CalculatedTotalsOutput:
    """Return the totals of an invoice up to the amount payable."""
    currency = invoice.currency
    return CalculatedTotalsOutput(
        subtotal=money(invoice.subtotal, currency),
        discount=money(invoice.discount_amount, currency),
        discount_detail=discount_output(invoice.discount),
        charges=[document_adjustment_output(line, currency) for line in invoice.charges],
        charges_total=money(invoice.charges_total, currency),
        allowances=[document_adjustment_output(line, currency) for line in invoice.allowances],
        allowances_total=money(invoice.allowances_total, currency),
        tax=money(invoice.tax, currency),
        tax_breakdown=[tax_group_output(group, currency) for group in invoice.tax_breakdown],
        total=money(invoice.total, currency),
        withholdings=[withholding_output(withholding, currency) for withholding in invoice.withholdings],
        withheld_total=money(invoice.withheld_total, currency),
        prepayments=[prepayment_output(prepayment, currency) for prepayment in invoice.prepayments],
        prepaid_total=money(invoice.prepaid_total, currency),
        rounding=rounding_output(invoice.rounding),
        rounding_amount=money(invoice.rounding_amount, currency),
        amount_payable=money(invoice.amount_payable, currency),
    )


def money(minor: int, currency: str) -> Number:
    """Return an amount in minor units as the number that responses show."""
    return number(written(minor, currency))
