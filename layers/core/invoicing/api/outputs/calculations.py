"""Previews of totals in responses."""

from typing import TypedDict

from invoicing.api.outputs.invoices import TaxGroupOutput, totals_output
from invoicing.api.outputs.lines import DiscountOutput, WrittenCalculatedLine, calculated_lines_output
from invoicing.domain.invoices.explanation import explain
from invoicing.domain.invoices.invoice import Invoice
from invoicing.exact_json import Number


class CalculationOutput(TypedDict):
    """Preview of an invoice's totals; ``explanation`` describes each step of the calculation, for people."""

    currency: str
    issue_date: str
    due_date: str
    prices_include_tax: bool
    items: list[WrittenCalculatedLine]
    subtotal: Number
    discount: Number
    discount_detail: DiscountOutput | None
    tax: Number
    tax_breakdown: list[TaxGroupOutput]
    total: Number
    explanation: list[str]


def calculation_output(invoice: Invoice) -> CalculationOutput:
    """Return the totals as ``POST /invoices`` would."""
    totals = totals_output(invoice)
    return CalculationOutput(
        currency=invoice.currency,
        issue_date=invoice.issue_date.isoformat(),
        due_date=invoice.due_date.isoformat(),
        prices_include_tax=invoice.prices_include_tax,
        items=calculated_lines_output(invoice.lines, invoice.currency),
        subtotal=totals["subtotal"],
        discount=totals["discount"],
        discount_detail=totals["discount_detail"],
        tax=totals["tax"],
        tax_breakdown=totals["tax_breakdown"],
        total=totals["total"],
        explanation=explain(invoice),
    )


CALCULATION_LINKS = {"self": "/invoices/calculate", "create": "/invoices"}
