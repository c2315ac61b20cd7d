"""Events of payments."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal, TypedDict

from invoicing.domain.events.event import EventType
from invoicing.domain.events.summaries import DocumentOrder, EmailEnd, document_order, email_end
from invoicing.domain.money.amounts import to_major

if TYPE_CHECKING:
    from invoicing.domain.deliveries.delivery import Delivery
    from invoicing.domain.payments.payment import Payment


class AllocationInEvent(TypedDict):
    """The part of a payment that pays one invoice."""

    invoice_id: str
    amount: Decimal


class PaymentSummary(TypedDict):
    """A payment in events; ``amount`` is what the event is about."""

    id: str
    object: Literal["payment"]
    version: int
    status: str
    customer_id: str
    invoice_id: str | None
    allocations: list[AllocationInEvent]
    currency: str
    amount: Decimal
    refunded_amount: Decimal
    payment_method: str
    payment_date: str


class ReceiptSummary(PaymentSummary, DocumentOrder, EmailEnd):
    """A payment whose receipt is e-mailed."""


def payment_summary(payment: "Payment", *, amount: int | None = None) -> PaymentSummary:
    """Summarize a payment; ``amount`` in minor units where the event is about a part, such as a refund."""
    return {
        "id": payment.id,
        "object": "payment",
        "version": payment.version,
        "status": str(payment.status),
        "customer_id": payment.customer_id,
        "invoice_id": payment.invoice_id,
        "allocations": [
            {"invoice_id": part.invoice_id, "amount": to_major(part.amount, payment.currency)}
            for part in payment.allocations
        ],
        "currency": payment.currency,
        "amount": to_major(payment.amount if amount is None else amount, payment.currency),
        "refunded_amount": to_major(payment.refunded_amount, payment.currency),
        "payment_method": payment.method,
        "payment_date": payment.payment_date.isoformat(),
    }


def receipt_summary(
    payment: "Payment", *, deliveries: "Sequence[Delivery]" = (), delivery: "Delivery | None" = None
) -> ReceiptSummary:
    """Summarize a payment whose receipt is e-mailed.

    ``deliveries`` are the e-mails that follow, ``delivery`` is the one that the event is about.
    """
    return {**payment_summary(payment), **document_order(deliveries), **email_end(delivery)}


def _type(
    happened: str, meaning: str, summary: Callable[..., Mapping[str, Any]] = payment_summary
) -> "EventType[Payment]":
    return EventType(f"payment.{happened}", meaning, summary)


PAYMENT_CREATED = _type("created", "A payment was recorded, or credit was applied.")
PAYMENT_SUCCEEDED = _type("succeeded", "A payment succeeded.")
PAYMENT_REFUNDED = _type("refunded", "A payment was refunded in full or in part; `amount` is the amount refunded.")
PAYMENT_REVERSED = _type("reversed", "A payment was reversed; `amount` is the amount reversed.")
PAYMENT_RECEIPT_SENT = _type(
    "receipt_sent", "E-mails with the receipt were requested; `delivery_ids` says which.", receipt_summary
)
PAYMENT_EMAIL_DELIVERED = _type(
    "email_delivered", "The recipient's mail server took an e-mail; `delivery_id` says which.", receipt_summary
)
PAYMENT_EMAIL_BOUNCED = _type(
    "email_bounced",
    "An e-mail came back for good, and its address is suppressed from now on; `failure` says why.",
    receipt_summary,
)
PAYMENT_EMAIL_FAILED = _type(
    "email_failed",
    "An e-mail was not sent, or came back, which need not be for good; `failure` says why.",
    receipt_summary,
)
PAYMENT_EMAIL_UNCONFIRMED = _type(
    "email_unconfirmed",
    "The mail service did not confirm an e-mail; it may have been sent, and is not sent again.",
    receipt_summary,
)
