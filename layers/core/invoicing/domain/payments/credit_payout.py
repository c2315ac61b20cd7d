"""Payouts of customer credit: money that went to a customer for credit that it did not use."""

from dataclasses import field
from datetime import date, datetime

from invoicing.dataclass import dataclass
from invoicing.domain.payments.payment import Method


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditPayout:
    """A payout of customer credit, in minor units of ``currency``; written once and never changed."""

    account: str
    id: str
    version: int = 1
    sequence: int = field(default=0, compare=False)  # an event alone is no change
    customer_id: str
    currency: str
    amount: int
    method: Method
    payout_date: date
    reference: str | None = None
    created_at: datetime
