"""Payments of an invoice in responses."""

from typing import TypedDict

from invoicing.api.envelope import timestamp
from invoicing.domain.invoices.invoice import InvoicePayment
from invoicing.domain.money.amounts import written
from invoicing.exact_json import Number, number


class InvoicePaymentOutput(TypedDict):
    """The amount that a payment paid of the invoice; ``returned`` of it was refunded or reversed."""

    id: str
    amount: Number
    returned: Number
    payment_method: str
    payment_date: str
    reference: str | None
    created_at: str


def invoice_payment_output(payment: InvoicePayment, currency: str) -> InvoicePaymentOutput:
    """Return a payment as its invoice shows it."""
    return InvoicePaymentOutput(
        id=payment.payment_id,
        amount=number(written(payment.amount, currency)),
        returned=number(written(payment.returned, currency)),
        payment_method=payment.method,
        payment_date=payment.payment_date.isoformat(),
        reference=payment.reference,
        created_at=timestamp(payment.created_at),
    )
