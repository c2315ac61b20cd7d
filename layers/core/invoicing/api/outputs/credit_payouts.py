"""Payouts of customer credit in responses."""

from typing import TypedDict

from invoicing.api.envelope import timestamp
from invoicing.domain.money.amounts import written
from invoicing.domain.payments.credit_payout import CreditPayout
from invoicing.exact_json import Number, number


class CreditPayoutOutput(TypedDict):
    """A payout of customer credit."""

    id: str
    customer_id: str
    currency: str
    amount: Number
    date: str
    method: str
    reference: str | None
    created_at: str


def credit_payout_output(payout: CreditPayout) -> CreditPayoutOutput:
    """Return a payout as responses show it."""
    return CreditPayoutOutput(
        id=payout.id,
        customer_id=payout.customer_id,
        currency=payout.currency,
        amount=number(written(payout.amount, payout.currency)),
        date=payout.payout_date.isoformat(),
        method=payout.method,
        reference=payout.reference,
        created_at=timestamp(payout.created_at),
    )


def credit_payout_links(payout: CreditPayout) -> dict[str, str | None]:
    """Return the links of a payout: the list that has it, its customer, and where else it shows."""
    customer = f"/customers/{payout.customer_id}"
    own = f"{customer}/credit-payouts"
    return {"self": own, "customer": customer, "balance": f"{customer}/balance", "statement": f"{customer}/statement"}
