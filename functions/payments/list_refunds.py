"""GET /payments/{payment_id}/refunds: list the refunds of a payment."""

from invoicing.api.app import ApiRequest, NoBody
from invoicing.api.envelope import Result
from invoicing.api.outputs.payments import RefundOutput, refunds_result
from invoicing.domain.payments.payment import Payment
from invoicing.wiring import api


@api(
    "GET",
    "/payments/{payment_id}/refunds",
    summary="List the refunds of a payment",
    description="All refunds, the newest first, on one page.",
    scope="payments:read",
    answers={200: list[RefundOutput]},
).operation
def handler(request: ApiRequest[NoBody]) -> Result:
    """All refunds, newest first, on one page."""
    return refunds_result(request.uow.get(Payment, request.http.parameters["payment_id"]))
