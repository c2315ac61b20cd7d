"""Change of a late fee: overdue invoices have to wait for other fees."""

from dataclasses import replace
from datetime import datetime

from invoicing.dataclass import dataclass
from invoicing.domain.invoices.invoice_walk import InvoiceWalk

LATE_FEE_CHANGE = "late_fee_change"
"""The id of an account's change of late fees: there is one at a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LateFeeChange(InvoiceWalk):
    """A walk through the overdue invoices of a customer, None for all customers."""

    id: str = LATE_FEE_CHANGE
    customer_id: str | None = None


def begun(before: LateFeeChange | None, account: str, customer_id: str | None, now: datetime) -> LateFeeChange:
    """Return the change after a late fee was changed; one that is under way starts over, for the customers of both."""
    if before is None:
        return LateFeeChange(account=account, version=1, due_at=now, customer_id=customer_id)
    of_both = customer_id if before.customer_id == customer_id else None
    restarted = replace(before, due_at=now, position=None, last=False, customer_id=of_both)
    return replace(restarted, version=before.version + 1)
