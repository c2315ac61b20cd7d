"""GET /payments/{payment_id}: read a payment."""

from invoicing.api.app import ApiRequest, NoBody
from invoicing.api.envelope import Result
from invoicing.api.expansion import expanding
from invoicing.api.outputs.payments import PaymentOutput, payment_links, payment_output
from invoicing.api.queries.expansions import PAYMENT_EXPANSIONS
from invoicing.domain.payments.payment import Payment
from invoicing.wiring import api


@api(
    "GET",
    "/payments/{payment_id}",
    summary="Read a payment",
    description="A payment with its allocations and refunds.",
    scope="payments:read",
    query=PAYMENT_EXPANSIONS.query,
    answers={200: PaymentOutput},
    expands=PAYMENT_EXPANSIONS,
    etag=True,
).operation
def handler(request: ApiRequest[NoBody]) -> Result:
    """The payment."""
    names = PAYMENT_EXPANSIONS.names_in(request.http.query_string)
    payment = request.uow.get(Payment, request.http.parameters["payment_id"])
    data = expanding(request, PAYMENT_EXPANSIONS, names, [payment], payment_output)(payment)
    return Result(data=data, links=payment_links(payment), version=payment.version)
