"""POST /payments/{payment_id}/refund: refund a payment, in part or in full."""

from invoicing.api.app import Call
from invoicing.api.envelope import Reply
from invoicing.api.inputs.payments import RefundPaymentInput
from invoicing.api.outputs.payments import RefundOutput, refund_links, refund_output
from invoicing.operations.refund_payment import refund_payment
from invoicing.wiring import api


@api(
    "POST",
    "/payments/{payment_id}/refund",
    scope="payments:write",
    body=RefundPaymentInput,
    answers={201: RefundOutput},
).operation
def handler(call: Call[RefundPaymentInput]) -> Reply:
    """The refund as recorded."""
    payment_id = call.request.parameters["payment_id"]
    payment = refund_payment(call.work, payment_id, call.body.refund(), if_version=call.request.if_version)
    return Reply(
        data=refund_output(payment, payment.refunds[-1]),
        links=refund_links(payment),
        status=201,
        version=payment.version,
        location=f"/payments/{payment.id}/refunds",
    )
