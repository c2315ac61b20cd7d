"""GET /payments/{payment_id}/refunds: list what was refunded of a payment."""

from invoicing.api.app import Call, NoBody
from invoicing.api.envelope import Reply
from invoicing.api.outputs.payments import RefundOutput, refunds_reply
from invoicing.operations.list_refunds import list_refunds
from invoicing.wiring import api


@api("GET", "/payments/{payment_id}/refunds", scope="payments:read", answers={200: list[RefundOutput]}).operation
def handler(call: Call[NoBody]) -> Reply:
    """All refunds, newest first, on one page."""
    return refunds_reply(list_refunds(call.work, call.request.parameters["payment_id"]))
