"""Events of payouts of customer credit."""

from decimal import Decimal
from typing import TYPE_CHECKING, Literal, TypedDict

from invoicing.domain.events.event import EventType
from invoicing.domain.money.amounts import to_major

if TYPE_CHECKING:
    from invoicing.domain.payments.credit_payout import CreditPayout


class CreditPayoutSummary(TypedDict):
    """A payout of customer credit in events."""

    id: str
    object: Literal["credit_payout"]
    version: int
    customer_id: str
    currency: str
    amount: Decimal
    method: str
    date: str


def credit_payout_summary(payout: "CreditPayout") -> CreditPayoutSummary:
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
