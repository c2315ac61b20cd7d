"""Events of payments."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from invoicing.domain.events.event import EventType
from invoicing.domain.money.amounts import to_major

if TYPE_CHECKING:
    from invoicing.domain.payments.payment import Payment


def payment_summary(payment: "Payment", *, amount: int | None = None) -> Mapping[str, Any]:
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


def _type(happened: str, meaning: str) -> "EventType[Payment]":
    return EventType(f"payment.{happened}", meaning, payment_summary)


PAYMENT_CREATED = _type("created", "A payment was recorded, or credit was applied.")
PAYMENT_SUCCEEDED = _type("succeeded", "A payment succeeded.")
PAYMENT_REFUNDED = _type("refunded", "A payment was refunded in full or in part; `amount` is the amount refunded.")
PAYMENT_REVERSED = _type("reversed", "A payment was reversed; `amount` is the amount reversed.")
