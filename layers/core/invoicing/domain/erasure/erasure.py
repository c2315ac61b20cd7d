"""The walk through all that knows an erased customer."""

from datetime import datetime
from typing import Literal

from invoicing.dataclass import dataclass
from invoicing.domain.invoices.invoice_walk import InvoiceWalk, after_part

Part = Literal["customer", "ledger", "schedules", "invoices", "credit_notes", "payments"]
PARTS: tuple[Part, ...] = ("customer", "ledger", "schedules", "invoices", "credit_notes", "payments")
"""What is gone through, one after the other; payments last, as each copies its buyer when it is recorded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasure(InvoiceWalk):
    """A walk through the documents of a customer that was erased; ``part`` is where it is."""

    customer_id: str
    part: Part = PARTS[0]

    def after_page(self, next_page: str | None) -> "Erasure | None":
        """Return the walk after a page, before that of a cursor or of the next part; None when all is done."""
        return after_part(self, next_page, PARTS)


def begun(before: Erasure | None, account: str, customer_id: str, now: datetime) -> Erasure:
    """Return the erasure from its first page on; one that is under way starts over."""
    version = before.version + 1 if before else 1
    return Erasure(account=account, id=erasure_id(customer_id), version=version, due_at=now, customer_id=customer_id)


def erasure_id(customer_id: str) -> str:
    """Return the id of a customer's erasure, which no other job has."""
    return f"erasure#{customer_id}"
