"""GET /recurring/{recurring_id}/invoices: list the invoices that a recurring invoice has made."""

from invoicing.api.app import ApiRequest, NoBody
from invoicing.api.envelope import Result
from invoicing.api.list_page import list_result
from invoicing.api.outputs.invoices import InvoiceOutput, invoice_output
from invoicing.api.queries.recurring import SCHEDULE_INVOICES
from invoicing.api.query import read_query
from invoicing.operations.account._own_account import own_today
from invoicing.operations.recurring.list_schedule_invoices import list_schedule_invoices
from invoicing.wiring import api


@api(
    "GET",
    "/recurring/{recurring_id}/invoices",
    summary="List the invoices of a schedule",
    description="A page of the invoices that the schedule has made, the newest first.",
    scope="recurring:read",
    lists=SCHEDULE_INVOICES,
    answers={200: list[InvoiceOutput]},
).operation
def handler(request: ApiRequest[NoBody]) -> Result:
    """One page of the schedule's invoices."""
    asked = read_query(request.http.query_string, SCHEDULE_INVOICES)
    listed = list_schedule_invoices(request.uow, request.http.parameters["recurring_id"], asked.query)
    return list_result(
        request.http, asked, listed, lambda invoice: invoice_output(invoice, request.api_url, own_today(request.uow))
    )
