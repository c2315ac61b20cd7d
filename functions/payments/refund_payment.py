"""POST /payments/{payment_id}/refund: refund a payment, in part or in full."""

from invoicing.api.app import ApiRequest
from invoicing.api.envelope import Result
from invoicing.api.inputs.payments import RefundPaymentInput
from invoicing.api.outputs.payments import RefundOutput, refund_links, refund_output
from invoicing.operations.payments.refund_payment import refund_payment
from invoicing.wiring import api, wiring


@api(
    "POST",
    "/payments/{payment_id}/refund",
    summary="Refund a payment",
    description="Records money that went back to the customer; without `amount`, all that can go back.",
    scope="payments:write",
    body=RefundPaymentInput,
    answers={201: RefundOutput},
    errors={
        409: "The date is in a locked period.",
        422: ("A field is not acceptable, or, with the type `refund_error`, the payment cannot be refunded that far."),
    },
    etag=True,
    if_match=True,
).operation
def handler(request: ApiRequest[RefundPaymentInput]) -> Result:
    """The refund as recorded."""
    payment_id = request.http.parameters["payment_id"]
    payment = refund_payment(
        request.uow, payment_id, request.body.refund(), wiring().ledger, if_version=request.http.if_version
    )
    return Result(
        data=refund_output(payment, payment.refunds[-1]),
        links=refund_links(payment),
        status=201,
        version=payment.version,
        location=f"/payments/{payment.id}/refunds",
    )
