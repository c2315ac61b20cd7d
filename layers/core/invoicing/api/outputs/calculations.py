"""Previews of totals in responses."""

from invoicing.api.outputs.lines import WrittenCalculatedLine, calculated_lines_output
from invoicing.api.outputs.totals import CalculatedTotalsOutput, calculated_totals_output
from invoicing.domain.invoices.explanation import explain
from invoicing.domain.invoices.invoice import Invoice


class CalculationOutput(CalculatedTotalsOutput):
    """Preview of an invoice's totals; ``explanation`` describes each step of the calculation, for people."""

    currency: str
    issue_date: str
    due_date: str
    prices_include_tax: bool
    items: list[WrittenCalculatedLine]
    explanation: list[str]


def calculation_output(invoice: Invoice) -> CalculationOutput:
    """Return the totals as ``POST /invoices`` would."""
    return CalculationOutput(
        currency=invoice.currency,
        issue_date=invoice.issue_date.isoformat(),
        due_date=invoice.due_date.isoformat(),
        prices_include_tax=invoice.prices_include_tax,
        items=calculated_lines_output(invoice.lines, invoice.currency),
        explanation=explain(invoice),
        **calculated_totals_output(invoice),
    )


CALCULATION_LINKS = {"self": "/invoices/calculate", "create": "/invoices"}
