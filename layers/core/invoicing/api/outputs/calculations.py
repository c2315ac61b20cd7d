"""How the figures of an invoice that is not made look in answers."""

from datetime import datetime
from typing import Any, TypedDict, cast

from invoicing.api.outputs.invoices import CalculatedLineOutput, DiscountOutput, TaxGroupOutput, invoice_output
from invoicing.domain.explanation import explain
from invoicing.domain.invoice import Invoice
from invoicing.exact_json import Number


class CalculationOutput(TypedDict):
    """What an invoice would come to; ``explanation`` says step by step how, for people."""

    currency: str
    issue_date: str
    due_date: str
    prices_include_tax: bool
    items: list[CalculatedLineOutput]
    subtotal: Number
    discount: Number
    discount_detail: DiscountOutput | None
    tax: Number
    tax_breakdown: list[TaxGroupOutput]
    total: Number
    explanation: list[str]


def calculation_output(invoice: Invoice, api_url: str, now: datetime) -> CalculationOutput:
    """The figures as the answer to ``create`` would have them."""
    whole = invoice_output(invoice, api_url, now)
    lines = [{name: value for name, value in line.items() if name != "id"} for line in whole["items"]]
    figures: dict[str, Any] = {name: whole.get(name) for name in CalculationOutput.__annotations__}
    return cast(CalculationOutput, figures | {"items": lines, "explanation": explain(invoice)})


CALCULATION_LINKS = {"self": "/invoices/calculate", "create": "/invoices"}
