"""POST /invoices/{invoice_id}/apply-credit: pay an invoice from its customer's credit."""

from invoicing.api.app import ApiRequest
from invoicing.api.envelope import Result
from invoicing.api.inputs.settlement import ApplyCreditInput
from invoicing.api.outputs.payments import PaymentOutput, payment_links, payment_output
from invoicing.operations.payments.apply_credit import apply_credit
from invoicing.wiring import api


@api(
    "POST",
    "/invoices/{invoice_id}/apply-credit",
    summary="Apply credit to an invoice",
    description=(
        "Pays an invoice from its customer's credit; without `amount`, as much as is due and available. The "
        "payment's method is `customer_credit`."
    ),
    scope="payments:write",
    body=ApplyCreditInput,
    answers={201: PaymentOutput},
    errors={409: "Nothing is due on the invoice, the customer has no credit in its currency, or today is locked."},
    etag=True,
    if_match=True,
).operation
def handler(request: ApiRequest[ApplyCreditInput]) -> Result:
    """The payment, whose method is ``customer_credit``."""
    invoice_id = request.http.parameters["invoice_id"]
    payment = apply_credit(request.uow, invoice_id, request.body.amount, if_version=request.http.if_version)
    return Result(
        data=payment_output(payment),
        links=payment_links(payment),
        status=201,
        version=payment.version,
        location=f"/payments/{payment.id}",
    )
