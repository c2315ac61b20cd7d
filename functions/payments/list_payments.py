"""GET /payments: list payments."""

from invoicing.api.app import Call, NoBody
from invoicing.api.envelope import Reply
from invoicing.api.lists import PAYMENTS, list_reply
from invoicing.api.outputs.payments import PaymentOutput, payment_output
from invoicing.api.query import read_query
from invoicing.operations.list_payments import list_payments
from invoicing.wiring import api


@api("GET", "/payments", scope="payments:read", lists=PAYMENTS, answers={200: list[PaymentOutput]}).operation
def handler(call: Call[NoBody]) -> Reply:
    """One page of payments."""
    asked = read_query(call.request.query_string, PAYMENTS)
    listed = list_payments(call.work, asked.query)
    return list_reply(call.request, asked, listed, payment_output)
