"""Receipts by e-mail, shared by sending one and recording a payment with one."""

from invoicing.domain.deliveries.delivery import Delivery, DeliveryStatus
from invoicing.domain.events.payments import PAYMENT_EMAIL_FAILED, PAYMENT_RECEIPT_SENT
from invoicing.domain.payments.payment import Payment
from invoicing.operations.documents.order_email import (
    EmailRequest,
    current_buyer,
    order_email,
    record_order,
    suppressed_text,
)
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def email_receipt(uow: UnitOfWork, payment: Payment, email: EmailRequest) -> tuple[Delivery, ...]:
    """Order the e-mail of a receipt, which links to no page; `ValidationFailed` as `order_email`."""
    buyer = current_buyer(uow, payment.buyer)
    deliveries = order_email(uow, email, buyer, kind="receipt", document_id=payment.id, hosted_url="")
    record_order(uow, payment, deliveries, PAYMENT_RECEIPT_SENT, PAYMENT_EMAIL_FAILED, only_if_sent=True)
    return deliveries


def email_receipt_of_new(uow: UnitOfWork, payment: Payment) -> None:
    """Order the receipt with the payment itself, which is recorded also if nobody can get it; warnings say so."""
    for delivery in email_receipt(uow, payment, EmailRequest(unattended=True)):
        if delivery.status is not DeliveryStatus.FAILED:
            continue
        if delivery.recipient is None:
            message = "The payment is recorded, and no receipt is sent: the customer has no e-mail address."
            uow.warn("send_receipt", "RECIPIENT_MISSING", message)
        else:
            uow.warn("send_receipt", "RECIPIENT_SUPPRESSED", suppressed_text(delivery.recipient))
