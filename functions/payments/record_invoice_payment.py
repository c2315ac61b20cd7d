"""POST /invoices/{invoice_id}/payments: record a payment of an invoice."""

from invoicing.api.app import ApiRequest
from invoicing.api.envelope import Result
from invoicing.api.inputs.payments import RecordInvoicePaymentInput
from invoicing.api.outputs.payments import PaymentOutput, payment_links, payment_output
from invoicing.operations.payments.record_invoice_payment import record_invoice_payment
from invoicing.wiring import api


@api(
    "POST",
    "/invoices/{invoice_id}/payments",
    summary="Record a payment of an invoice",
    description=(
        "Records money that came in for one invoice. More than is due is refused, unless `allow_overpayment` "
        "makes the rest the customer's credit."
    ),
    scope="payments:write",
    body=RecordInvoicePaymentInput,
    answers={201: PaymentOutput},
    errors={409: "The invoice is a draft or cancelled (see `possible_actions`), or the date is locked."},
    etag=True,
    if_match=True,
).operation
def handler(request: ApiRequest[RecordInvoicePaymentInput]) -> Result:
    """The payment as recorded."""
    payment = record_invoice_payment(
        request.uow,
        request.http.parameters["invoice_id"],
        request.body.payment(),
        if_version=request.http.if_version,
    )
    return Result(
        data=payment_output(payment),
        links=payment_links(payment),
        status=201,
        version=payment.version,
        location=f"/payments/{payment.id}",
    )
