"""GET /invoices/{invoice_id}/events: what happened to an invoice, newest first."""

from invoicing.api.app import Call, NoBody
from invoicing.api.envelope import Reply
from invoicing.api.lists import TIMELINE, list_reply
from invoicing.api.outputs.events import EventOutput, event_output
from invoicing.api.query import read_query
from invoicing.operations.list_invoice_events import list_invoice_events
from invoicing.wiring import api


@api(
    "GET",
    "/invoices/{invoice_id}/events",
    scope="invoices:read",
    lists=TIMELINE,
    answers={200: list[EventOutput]},
).operation
def handler(call: Call[NoBody]) -> Reply:
    """One page of the invoice's timeline."""
    asked = read_query(call.request.query_string, TIMELINE)
    listed = list_invoice_events(call.work, call.request.parameters["invoice_id"], asked.query)
    return list_reply(call.request, asked, listed, event_output)
