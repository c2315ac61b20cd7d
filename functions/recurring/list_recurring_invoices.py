"""GET /recurring: list recurring invoices."""

from invoicing.api.app import ApiRequest, NoBody
from invoicing.api.envelope import Result
from invoicing.api.list_page import list_result
from invoicing.api.outputs.recurring import RecurringInvoiceOutput, recurring_invoice_output
from invoicing.api.queries.recurring import RECURRING_INVOICES
from invoicing.api.query import read_query
from invoicing.domain.recurring.recurring_invoice import RecurringInvoice
from invoicing.wiring import api


@api(
    "GET",
    "/recurring",
    summary="List recurring invoices",
    description="A page of recurring invoices, the newest first.",
    scope="recurring:read",
    lists=RECURRING_INVOICES,
    answers={200: list[RecurringInvoiceOutput]},
).operation
def handler(request: ApiRequest[NoBody]) -> Result:
    """One page of recurring invoices."""
    asked = read_query(request.http.query_string, RECURRING_INVOICES)
    listed = request.uow.page_of(RecurringInvoice, asked.query)
    return list_result(request.http, asked, listed, recurring_invoice_output)
