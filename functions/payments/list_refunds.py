"""GET /payments/{payment_id}/refunds: list the refunds of a payment."""

from functools import partial

from invoicing.api.app import ApiRequest, NoBody
from invoicing.api.envelope import Result
from invoicing.api.list_page import whole_list_result
from invoicing.api.outputs.payments import RefundOutput, refund_output
from invoicing.api.queries.refunds import REFUNDS
from invoicing.domain.payments.payment import Payment
from invoicing.wiring import api


@api(
    "GET",
    "/payments/{payment_id}/refunds",
    summary="List the refunds of a payment",
    description="A page of the refunds, the newest first.",
    scope="payments:read",
    lists=REFUNDS,
    answers={200: list[RefundOutput]},
).operation
def handler(request: ApiRequest[NoBody]) -> Result:
    """One page of refunds, newest first."""
    payment = request.uow.get(Payment, request.http.parameters["payment_id"])
    return whole_list_result(request.http, REFUNDS, payment.refunds[::-1], partial(refund_output, payment))
