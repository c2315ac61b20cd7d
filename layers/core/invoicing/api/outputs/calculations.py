"""How the figures of an invoice that is not made look in answers."""

from typing import TypedDict

from invoicing.api.outputs.invoices import TaxGroupOutput, figures_output
from invoicing.api.outputs.lines import DiscountOutput, WrittenCalculatedLine, calculated_lines_output
from invoicing.domain.invoices.explanation import explain
from invoicing.domain.invoices.invoice import Invoice
from invoicing.exact_json import Number


class CalculationOutput(TypedDict):
    """What an invoice would come to; ``explanation`` says step by step how, for people."""

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
    """The figures as the answer to ``create`` would have them."""
    figures = figures_output(invoice)
    return CalculationOutput(
        currency=invoice.currency,
        issue_date=invoice.issue_date.isoformat(),
        due_date=invoice.due_date.isoformat(),
        prices_include_tax=invoice.prices_include_tax,
        items=calculated_lines_output(invoice.lines, invoice.currency),
        subtotal=figures["subtotal"],
        discount=figures["discount"],
        discount_detail=figures["discount_detail"],
        tax=figures["tax"],
        tax_breakdown=figures["tax_breakdown"],
        total=figures["total"],
        explanation=explain(invoice),
    )


CALCULATION_LINKS = {"self": "/invoices/calculate", "create": "/invoices"}
