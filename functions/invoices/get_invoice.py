"""GET /invoices/{invoice_id}: read an invoice."""

from invoicing.api.app import ApiRequest, NoBody
from invoicing.api.envelope import Result
from invoicing.api.expansion import expanding
from invoicing.api.outputs.invoice_links import invoice_links
from invoicing.api.outputs.invoices import InvoiceOutput, invoice_output
from invoicing.api.queries.expansions import INVOICE_EXPANSIONS
from invoicing.domain.invoices.invoice import Invoice
from invoicing.operations.account._own_account import own_today
from invoicing.operations.invoices.get_invoice import get_invoice
from invoicing.wiring import api


@api(
    "GET",
    "/invoices/{invoice_id}",
    summary="Read an invoice",
    description="An invoice with its lines, totals and payments; a draft as it would be issued now.",
    scope="invoices:read",
    query=INVOICE_EXPANSIONS.query,
    answers={200: InvoiceOutput},
    expands=INVOICE_EXPANSIONS,
    etag=True,
).operation
def handler(request: ApiRequest[NoBody]) -> Result:
    """The invoice."""
    names = INVOICE_EXPANSIONS.names_in(request.http.query_string)
    invoice = get_invoice(request.uow, request.http.parameters["invoice_id"])

    def output(invoice: Invoice) -> InvoiceOutput:
        return invoice_output(invoice, request.api_url, own_today(request.uow))

    data = expanding(request, INVOICE_EXPANSIONS, names, [invoice], output)(invoice)
    return Result(data=data, links=invoice_links(invoice), version=invoice.version)
