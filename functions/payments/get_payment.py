"""GET /payments/{payment_id}: read a payment."""

from invoicing.api.app import Call, NoBody
from invoicing.api.envelope import Reply
from invoicing.api.outputs.payments import PaymentOutput, payment_links, payment_output
from invoicing.operations.get_payment import get_payment
from invoicing.wiring import api


@api("GET", "/payments/{payment_id}", scope="payments:read", answers={200: PaymentOutput}).operation
def handler(call: Call[NoBody]) -> Reply:
    """The payment."""
    payment = get_payment(call.work, call.request.parameters["payment_id"])
    return Reply(data=payment_output(payment), links=payment_links(payment), version=payment.version)
