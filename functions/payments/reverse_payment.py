"""POST /payments/{payment_id}/reverse: reverse a payment whose money never came, or that was a mistake."""

from invoicing.api.app import Call
from invoicing.api.envelope import Reply
from invoicing.api.inputs.payments import ReversePaymentInput
from invoicing.api.outputs.payments import PaymentOutput, payment_links, payment_output
from invoicing.operations.reverse_payment import reverse_payment
from invoicing.wiring import api


@api(
    "POST",
    "/payments/{payment_id}/reverse",
    scope="payments:write",
    body=ReversePaymentInput,
    answers={200: PaymentOutput},
).operation
def handler(call: Call[ReversePaymentInput]) -> Reply:
    """The payment as reversed."""
    payment_id = call.request.parameters["payment_id"]
    payment = reverse_payment(call.work, payment_id, call.body.reason, if_version=call.request.if_version)
    return Reply(data=payment_output(payment), links=payment_links(payment), version=payment.version)
