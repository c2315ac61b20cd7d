"""The receipt of a payment as a document; refunds and reversals do not change it."""

from invoicing.domain.deliveries.delivery import DeliveryStatus
from invoicing.domain.events.payments import (
    PAYMENT_EMAIL_BOUNCED,
    PAYMENT_EMAIL_DELIVERED,
    PAYMENT_EMAIL_FAILED,
    PAYMENT_EMAIL_UNCONFIRMED,
)
from invoicing.domain.payments.payment import Payment, PaymentStatus
from invoicing.operations.documents.document_type import PdfDocument


def _refusal(payment: Payment) -> str | None:
    return "reversed" if payment.status is PaymentStatus.REVERSED else None


RECEIPT: PdfDocument[Payment] = PdfDocument(
    name="receipt",
    kind=Payment,
    object_name=lambda payment: f"receipts/{payment.account}/{payment.id}.pdf",
    title=lambda payment: payment.receipt_number,
    refusal=_refusal,
    email_events={
        DeliveryStatus.DELIVERED: PAYMENT_EMAIL_DELIVERED,
        DeliveryStatus.FAILED: PAYMENT_EMAIL_FAILED,
        DeliveryStatus.BOUNCED: PAYMENT_EMAIL_BOUNCED,
        DeliveryStatus.UNCONFIRMED: PAYMENT_EMAIL_UNCONFIRMED,
    },
)
