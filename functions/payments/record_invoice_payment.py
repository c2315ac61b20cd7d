"""POST /invoices/{invoice_id}/payments: record what a customer paid of an invoice."""

from invoicing.api.app import Call
from invoicing.api.envelope import Reply
from invoicing.api.inputs.payments import RecordInvoicePaymentInput
from invoicing.api.outputs.payments import PaymentOutput, payment_links, payment_output
from invoicing.operations.record_invoice_payment import record_invoice_payment
from invoicing.wiring import api


@api(
    "POST",
    "/invoices/{invoice_id}/payments",
    scope="payments:write",
    body=RecordInvoicePaymentInput,
    answers={201: PaymentOutput},
).operation
def handler(call: Call[RecordInvoicePaymentInput]) -> Reply:
    """The payment as recorded."""
    payment = record_invoice_payment(
        call.work,
        call.request.parameters["invoice_id"],
        call.body.payment(),
        if_version=call.request.if_version,
    )
    return Reply(
        data=payment_output(payment),
        links=payment_links(payment),
        status=201,
        version=payment.version,
        location=f"/payments/{payment.id}",
    )
