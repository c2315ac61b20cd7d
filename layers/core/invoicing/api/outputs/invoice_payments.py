"""Payments of an invoice in responses."""

from datetime import date
from typing import Literal, TypedDict

from invoicing.api.envelope import timestamp
from invoicing.domain.invoices.invoice import InvoicePayment
from invoicing.domain.money.amounts import written
from invoicing.exact_json import Number, number


class RefundPartOutput(TypedDict):
    """The part of a refund that one invoice has; ``id`` is that of the refund."""

    id: str
    amount: Number
    refund_date: str
    refund_method: str
    status: Literal["completed"]


class InvoicePaymentOutput(TypedDict):
    """The amount that a payment paid of the invoice; ``returned`` of it was refunded or reversed.

    ``status`` is that of this part of the payment; ``refunds`` are the latest.
    """

    id: str
    amount: Number
    returned: Number
    payment_method: str
    payment_date: str
    reference: str | None
    created_at: str
    status: Literal["succeeded", "partially_refunded", "refunded", "reversed"]
    refunds: list[RefundPartOutput]
    reversal_date: str | None


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
        status=payment.status,
        refunds=[
            refund_part_output(each.refund_id, each.amount, each.refund_date, each.method, currency)
            for each in payment.refunds
        ],
        reversal_date=payment.reversal_date.isoformat() if payment.reversal_date else None,
    )


def refund_part_output(refund_id: str, amount: int, on: date, method: str, currency: str) -> RefundPartOutput:
    """Return the part of a refund as invoices and payments show it; ``amount`` in minor units."""
    return RefundPartOutput(
        id=refund_id,
        amount=number(written(amount, currency)),
        refund_date=on.isoformat(),
        refund_method=method,
        status="completed",
    )
