"""GET /payments/{payment_id}: read a payment."""

from invoicing.api.app import ApiRequest, NoBody
from invoicing.api.envelope import Result
from invoicing.api.outputs.payments import PaymentOutput, payment_links, payment_output
from invoicing.domain.payments.payment import Payment
from invoicing.wiring import api


@api(
    "GET",
    "/payments/{payment_id}",
    summary="Read a payment",
    description="A payment with its allocations and refunds.",
    scope="payments:read",
    answers={200: PaymentOutput},
    etag=True,
).operation
def handler(request: ApiRequest[NoBody]) -> Result:
    """The payment."""
    payment = request.uow.get(Payment, request.http.parameters["payment_id"])
    return Result(data=payment_output(payment), links=payment_links(payment), version=payment.version)
