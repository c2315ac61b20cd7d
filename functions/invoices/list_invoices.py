"""GET /invoices: list invoices."""

from invoicing.api.app import Call, NoBody
from invoicing.api.envelope import Reply
from invoicing.api.lists import INVOICES, list_reply
from invoicing.api.outputs.invoices import InvoiceOutput, invoice_output
from invoicing.api.query import read_query
from invoicing.operations.list_invoices import list_invoices
from invoicing.wiring import api


@api("GET", "/invoices", scope="invoices:read", lists=INVOICES, answers={200: list[InvoiceOutput]}).operation
def handler(call: Call[NoBody]) -> Reply:
    """One page of invoices."""
    asked = read_query(call.request.query_string, INVOICES)
    listed = list_invoices(call.work, asked.query)
    return list_reply(call.request, asked, listed, lambda invoice: invoice_output(invoice, call.api_url, call.work.now))
