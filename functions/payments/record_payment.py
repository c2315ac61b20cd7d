"""POST /payments: record a payment of a customer, for several invoices or for none yet."""

from invoicing.api.app import ApiRequest
from invoicing.api.envelope import Result
from invoicing.api.inputs.payments import RecordPaymentInput
from invoicing.api.outputs.payments import PaymentOutput, payment_links, payment_output
from invoicing.operations.payments.record_payment import record_payment
from invoicing.wiring import api, wiring


@api(
    "POST",
    "/payments",
    summary="Record a customer's payment",
    description=(
        "Records money that came in for several invoices, or for none yet. Without `allocations`, it pays "
        "what was due first."
    ),
    scope="payments:write",
    body=RecordPaymentInput,
    answers={201: PaymentOutput},
    errors={409: "The date is in a locked period."},
    etag=True,
).operation
def handler(request: ApiRequest[RecordPaymentInput]) -> Result:
    """The payment as recorded."""
    payment = record_payment(request.uow, request.body.customer_payment(), wiring().ledger)
    return Result(
        data=payment_output(payment),
        links=payment_links(payment),
        status=201,
        version=payment.version,
        location=f"/payments/{payment.id}",
    )
