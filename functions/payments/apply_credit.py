"""POST /invoices/{invoice_id}/apply-credit: pay an invoice from its customer's credit."""

from invoicing.api.app import Call
from invoicing.api.envelope import Reply
from invoicing.api.inputs.settlement import ApplyCreditInput
from invoicing.api.outputs.payments import PaymentOutput, payment_links, payment_output
from invoicing.operations.apply_credit import apply_credit
from invoicing.wiring import api


@api(
    "POST",
    "/invoices/{invoice_id}/apply-credit",
    scope="payments:write",
    body=ApplyCreditInput,
    answers={201: PaymentOutput},
).operation
def handler(call: Call[ApplyCreditInput]) -> Reply:
    """The payment, whose method is ``customer_credit``."""
    invoice_id = call.request.parameters["invoice_id"]
    payment = apply_credit(call.work, invoice_id, call.body.amount, if_version=call.request.if_version)
    return Reply(
        data=payment_output(payment),
        links=payment_links(payment),
        status=201,
        version=payment.version,
        location=f"/payments/{payment.id}",
    )
