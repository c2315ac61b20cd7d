"""POST /invoices/calculate: preview the totals of an invoice."""

from invoicing.api.app import ApiRequest
from invoicing.api.envelope import Result
from invoicing.api.inputs.calculations import CalculateInvoiceInput
from invoicing.api.outputs.calculations import CALCULATION_LINKS, CalculationOutput, calculation_output
from invoicing.operations.invoices.calculate_invoice import calculate_invoice
from invoicing.wiring import api


@api(
    "POST",
    "/invoices/calculate",
    summary="Preview totals",
    description="Computes the totals of an invoice and explains each step. Nothing is stored.",
    scope="invoices:write",
    body=CalculateInvoiceInput,
    answers={200: CalculationOutput},
    errors={404: "The account of the API key no longer exists."},
).operation
def handler(request: ApiRequest[CalculateInvoiceInput]) -> Result:
    """The totals that ``POST /invoices`` would give, with an explanation."""
    draft = calculate_invoice(request.uow, request.body.invoice())
    return Result(data=calculation_output(draft), links=CALCULATION_LINKS)
