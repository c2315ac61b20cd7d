"""GET /invoices: list invoices."""

from invoicing.api.app import ApiRequest, NoBody
from invoicing.api.envelope import Result
from invoicing.api.expansion import expanding
from invoicing.api.list_page import list_result
from invoicing.api.outputs.invoices import InvoiceOutput, invoice_output
from invoicing.api.queries.expansions import INVOICE_EXPANSIONS
from invoicing.api.queries.invoices import INVOICES
from invoicing.api.query import read_query
from invoicing.domain.invoices.invoice import Invoice
from invoicing.operations.account._own_account import own_today
from invoicing.operations.invoices.list_invoices import list_invoices
from invoicing.wiring import api


@api(
    "GET",
    "/invoices",
    summary="List invoices",
    description="A page of invoices, the newest first unless `sort` says otherwise.",
    scope="invoices:read",
    lists=INVOICES,
    answers={200: list[InvoiceOutput]},
    expands=INVOICE_EXPANSIONS,
).operation
def handler(request: ApiRequest[NoBody]) -> Result:
    """One page of invoices."""
    asked = read_query(request.http.query_string, INVOICES)
    listed = list_invoices(request.uow, asked.query)

    def output(invoice: Invoice) -> InvoiceOutput:
        return invoice_output(invoice, request.api_url, own_today(request.uow))

    expanded = expanding(request, INVOICE_EXPANSIONS, asked.expand, listed.items, output)
    return list_result(request.http, asked, listed, expanded)
