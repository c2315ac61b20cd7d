"""GET /invoices/{invoice_id}/payments/{payment_id}: read a payment of an invoice."""

from invoicing.api.app import Call, NoBody
from invoicing.api.envelope import Reply
from invoicing.api.outputs.payments import PaymentOutput, payment_links, payment_output
from invoicing.operations.get_invoice_payment import get_invoice_payment
from invoicing.wiring import api


@api(
    "GET", "/invoices/{invoice_id}/payments/{payment_id}", scope="payments:read", answers={200: PaymentOutput}
).operation
def handler(call: Call[NoBody]) -> Reply:
    """The payment, whole, even if it paid other invoices too."""
    ids = call.request.parameters
    payment = get_invoice_payment(call.work, ids["invoice_id"], ids["payment_id"])
    return Reply(data=payment_output(payment), links=payment_links(payment), version=payment.version)
