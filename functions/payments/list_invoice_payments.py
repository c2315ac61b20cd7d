"""GET /invoices/{invoice_id}/payments: list the payments of an invoice."""

from invoicing.api.app import Call, NoBody
from invoicing.api.envelope import Reply
from invoicing.api.lists import INVOICE_PAYMENTS, list_reply
from invoicing.api.outputs.payments import PaymentOutput, payment_output
from invoicing.api.query import read_query
from invoicing.operations.list_invoice_payments import list_invoice_payments
from invoicing.wiring import api


@api(
    "GET",
    "/invoices/{invoice_id}/payments",
    scope="payments:read",
    lists=INVOICE_PAYMENTS,
    answers={200: list[PaymentOutput]},
).operation
def handler(call: Call[NoBody]) -> Reply:
    """One page of what paid the invoice; a payment is whole, even if it paid other invoices too."""
    asked = read_query(call.request.query_string, INVOICE_PAYMENTS)
    listed = list_invoice_payments(call.work, call.request.parameters["invoice_id"], asked.query)
    return list_reply(call.request, asked, listed, payment_output)
