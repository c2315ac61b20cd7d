"""GET /invoices/{invoice_id}/events: list the events of an invoice, newest first."""

from invoicing.api.app import ApiRequest, NoBody
from invoicing.api.envelope import Result
from invoicing.api.list_page import list_result
from invoicing.api.outputs.events import EventOutput, event_output
from invoicing.api.queries.events import TIMELINE
from invoicing.api.query import read_query
from invoicing.operations.invoices.list_invoice_events import list_invoice_events
from invoicing.wiring import api


@api(
    "GET",
    "/invoices/{invoice_id}/events",
    summary="List the events of an invoice",
    description="A page of what happened to the invoice, its latest ten payments and its latest ten credit notes, the "
    "newest first.",
    scope="invoices:read",
    lists=TIMELINE,
    answers={200: list[EventOutput]},
).operation
def handler(request: ApiRequest[NoBody]) -> Result:
    """One page of the invoice's timeline."""
    asked = read_query(request.http.query_string, TIMELINE)
    listed = list_invoice_events(request.uow, request.http.parameters["invoice_id"], asked.query)
    return list_result(request.http, asked, listed, event_output)
