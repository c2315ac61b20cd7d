"""POST /payments/bulk: record up to 100 payments of invoices, each alone."""

from invoicing.api.app import ApiRequest
from invoicing.api.envelope import Result
from invoicing.api.inputs.payments import BulkPaymentInput, RecordPaymentsInput
from invoicing.api.outputs.payments import PaymentResultsOutput, payment_links, payment_output
from invoicing.operations.payments.record_invoice_payment import reads_of, record_invoice_payment
from invoicing.wiring import bulk_api


@bulk_api(
    "/payments/bulk",
    items="payments",
    item=BulkPaymentInput,
    reads=lambda new: reads_of(new.invoice_id),
    summary="Record several payments",
    description=(
        "Records up to 100 payments of invoices in order, each alone: `results` has for each what `POST "
        "/invoices/{invoice_id}/payments` would have answered. Send what has status 503 again, with the same keys."
    ),
    scope="payments:write",
    body=RecordPaymentsInput,
    answers={207: PaymentResultsOutput},
).operation
def handler(request: ApiRequest[BulkPaymentInput]) -> Result:
    """One of the payments as recorded."""
    payment = record_invoice_payment(request.uow, request.body.invoice_id, request.body.payment())
    return Result(status=201, data=payment_output(payment), links=payment_links(payment))
