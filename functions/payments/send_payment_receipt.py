"""POST /payments/{payment_id}/receipt/send: send the receipt of a payment to its customer by e-mail."""

from invoicing.api.app import ApiRequest
from invoicing.api.envelope import Result
from invoicing.api.inputs.receipts import SendPaymentReceiptInput
from invoicing.api.outputs.payments import PaymentOutput, payment_links, payment_output
from invoicing.operations.payments.send_payment_receipt import send_payment_receipt
from invoicing.wiring import api


@api(
    "POST",
    "/payments/{payment_id}/receipt/send",
    summary="Send the receipt",
    description="Sends the receipt to the customer by e-mail, also when it was sent before.",
    scope="payments:write",
    body=SendPaymentReceiptInput,
    answers={200: PaymentOutput},
    errors={409: "The payment is reversed."},
    etag=True,
    if_match=True,
).operation
def handler(request: ApiRequest[SendPaymentReceiptInput]) -> Result:
    """The payment whose receipt is sent."""
    payment = send_payment_receipt(
        request.uow,
        request.http.parameters["payment_id"],
        request.body.request(),
        if_version=request.http.if_version,
    )
    return Result(data=payment_output(payment), links=payment_links(payment), version=payment.version)
