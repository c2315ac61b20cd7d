"""POST /payments/{payment_id}/reverse: reverse a payment whose money never came, or recorded by mistake."""

from invoicing.api.app import ApiRequest
from invoicing.api.envelope import Result
from invoicing.api.inputs.payments import ReversePaymentInput
from invoicing.api.outputs.payments import PaymentOutput, payment_links, payment_output
from invoicing.operations.payments.reverse_payment import reverse_payment
from invoicing.wiring import api, wiring


@api(
    "POST",
    "/payments/{payment_id}/reverse",
    summary="Reverse a payment",
    description="Takes back a payment whose money never arrived, or that was recorded by mistake.",
    scope="payments:write",
    body=ReversePaymentInput,
    answers={200: PaymentOutput},
    errors={409: "Nothing is left of the payment, credit that it gave was used, or the date is locked."},
    etag=True,
    if_match=True,
).operation
def handler(request: ApiRequest[ReversePaymentInput]) -> Result:
    """The reversed payment."""
    payment_id = request.http.parameters["payment_id"]
    body, if_version = request.body, request.http.if_version
    payment = reverse_payment(
        request.uow, payment_id, body.reason, wiring().ledger, on=body.reversal_date, if_version=if_version
    )
    return Result(data=payment_output(payment), links=payment_links(payment), version=payment.version)
