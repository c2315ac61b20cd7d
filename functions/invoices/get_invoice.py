"""GET /invoices/{invoice_id}: read an invoice."""

from invoicing.api.app import ApiRequest, NoBody
from invoicing.api.envelope import Result
from invoicing.api.outputs.invoices import InvoiceOutput, invoice_links, invoice_output
from invoicing.operations.account._own_account import own_today
from invoicing.operations.invoices.get_invoice import get_invoice
from invoicing.wiring import api


@api(
    "GET",
    "/invoices/{invoice_id}",
    summary="Read an invoice",
    description="An invoice with its lines, totals and payments; a draft as it would be issued now.",
    scope="invoices:read",
    answers={200: InvoiceOutput},
    etag=True,
).operation
def handler(request: ApiRequest[NoBody]) -> Result:
    """The invoice."""
    invoice = get_invoice(request.uow, request.http.parameters["invoice_id"])
    data = invoice_output(invoice, request.api_url, own_today(request.uow))
    return Result(data=data, links=invoice_links(invoice), version=invoice.version)
