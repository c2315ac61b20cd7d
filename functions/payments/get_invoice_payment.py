"""GET /invoices/{invoice_id}/payments/{payment_id}: read a payment of an invoice."""

from invoicing.api.app import ApiRequest, NoBody
from invoicing.api.envelope import Result
from invoicing.api.outputs.payments import PaymentOutput, payment_links, payment_output
from invoicing.operations.payments.get_invoice_payment import get_invoice_payment
from invoicing.wiring import api


@api(
    "GET",
    "/invoices/{invoice_id}/payments/{payment_id}",
    summary="Read a payment of an invoice",
    description="The payment in full, including allocations to other invoices.",
    scope="payments:read",
    answers={200: PaymentOutput},
    etag=True,
).operation
def handler(request: ApiRequest[NoBody]) -> Result:
    """The payment, shown in full, including allocations to other invoices."""
    ids = request.http.parameters
    payment = get_invoice_payment(request.uow, ids["invoice_id"], ids["payment_id"])
    return Result(data=payment_output(payment), links=payment_links(payment), version=payment.version)
