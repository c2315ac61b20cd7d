"""Events of payouts of customer credit."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from invoicing.domain.events.event import EventType
from invoicing.domain.money.amounts import to_major

if TYPE_CHECKING:
    from invoicing.domain.payments.credit_payout import CreditPayout


def credit_payout_summary(payout: "CreditPayout") -> Mapping[str, Any]:
    """Summarize a payout."""
    return {
        "id": payout.id,
        "object": "credit_payout",
        "version": payout.version,
        "customer_id": payout.customer_id,
        "currency": payout.currency,
        "amount": to_major(payout.amount, payout.currency),
        "method": payout.method,
        "date": payout.payout_date.isoformat(),
    }


CREDIT_PAYOUT_CREATED: "EventType[CreditPayout]" = EventType(
    "credit_payout.created", "Credit was paid out to a customer.", credit_payout_summary
)
