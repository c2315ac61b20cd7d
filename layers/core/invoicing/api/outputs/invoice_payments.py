"""How the payments of an invoice look in answers."""

from typing import TypedDict

from invoicing.api.envelope import timestamp
from invoicing.domain.invoices.invoice import InvoicePayment
from invoicing.domain.money.amounts import written
from invoicing.exact_json import Number, number


class InvoicePaymentOutput(TypedDict):
    """What one payment paid of the invoice; ``returned`` of it was refunded or reversed since."""

    id: str
    amount: Number
    returned: Number
    payment_method: str
    payment_date: str
    reference: str | None
    created_at: str


def invoice_payment_output(payment: InvoicePayment, currency: str) -> InvoicePaymentOutput:
    """A payment as the invoice that it paid shows it."""
    return InvoicePaymentOutput(
        id=payment.payment_id,
        amount=number(written(payment.amount, currency)),
        returned=number(written(payment.returned, currency)),
        payment_method=payment.method,
        payment_date=payment.payment_date.isoformat(),
        reference=payment.reference,
        created_at=timestamp(payment.created_at),
    )
