"""The totals of invoices and credit notes in responses."""

from typing import TypedDict

from invoicing.api.outputs.adjustments import (
    DocumentAdjustmentOutput,
    PrepaymentOutput,
    WithholdingOutput,
    document_adjustment_output,
    prepayment_output,
    withholding_output,
)
from invoicing.api.outputs.exchange import base_amount_output
from invoicing.api.outputs.lines import DiscountOutput, discount_output
from invoicing.api.outputs.rounding import RoundingOutput, rounding_output
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.money.amounts import written
from invoicing.domain.money.exchange import Exchange, group_tax_in_base
from invoicing.domain.money.tax import TaxGroup
from invoicing.exact_json import Number, decimal, number


class TaxGroupOutput(TypedDict):
    """The tax of all lines of one rate and category; ``exemption_reasons`` say why there is none.

    ``taxable`` of a compound tax contains the taxes below it. ``tax_in_base_currency`` is the tax in the account's
    currency, once the document is issued and its rate is known.
    """

    tax_rate: Number
    tax_category: str | None
    tax_name: str | None
    compound: bool
    taxable: Number
    tax: Number
    tax_in_base_currency: Number | None
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


def tax_group_output(group: TaxGroup, currency: str, exchange: Exchange | None) -> TaxGroupOutput:
    """Return a tax group as responses show it."""
    return TaxGroupOutput(
        tax_rate=decimal(group.rate),
        tax_category=group.category,
        tax_name=group.name,
        compound=group.compound,
        taxable=_money(group.taxable, currency),
        tax=_money(group.tax, currency),
        tax_in_base_currency=base_amount_output(group_tax_in_base(group, currency, exchange), exchange),
        exemption_reasons=list(group.exemption_reasons),
        exemption_code=group.exemption_code,
    )


def totals_output(invoice: Invoice) -> TotalsOutput:
    """Return the totals of an invoice and the amount due."""
    currency = invoice.currency
    return TotalsOutput(
        **calculated_totals_output(invoice),
        amount_paid=_money(invoice.amount_paid, currency),
        amount_credited=_money(invoice.amount_credited, currency),
        applied_to_invoice=_money(invoice.applied_to_invoice, currency),
        credited_to_customer=_money(invoice.credited_to_customer, currency),
        amount_written_off=_money(invoice.amount_written_off, currency),
        amount_due=_money(invoice.amount_due, currency),
    )


def calculated_totals_output(invoice: Invoice) -> CalculatedTotalsOutput:
    """Return the totals of an invoice up to the amount payable."""
    currency = invoice.currency
    return CalculatedTotalsOutput(
        subtotal=_money(invoice.subtotal, currency),
        discount=_money(invoice.discount_amount, currency),
        discount_detail=discount_output(invoice.discount),
        charges=[document_adjustment_output(line, currency) for line in invoice.charges],
        charges_total=_money(invoice.charges_total, currency),
        allowances=[document_adjustment_output(line, currency) for line in invoice.allowances],
        allowances_total=_money(invoice.allowances_total, currency),
        tax=_money(invoice.tax, currency),
        tax_breakdown=[tax_group_output(group, currency, invoice.exchange) for group in invoice.tax_breakdown],
        total=_money(invoice.total, currency),
        withholdings=[withholding_output(withholding, currency) for withholding in invoice.withholdings],
        withheld_total=_money(invoice.withheld_total, currency),
        prepayments=[prepayment_output(prepayment, currency) for prepayment in invoice.prepayments],
        prepaid_total=_money(invoice.prepaid_total, currency),
        rounding=rounding_output(invoice.rounding),
        rounding_amount=_money(invoice.rounding_amount, currency),
        amount_payable=_money(invoice.amount_payable, currency),
    )


def _money(minor: int, currency: str) -> Number:
    return number(written(minor, currency))
