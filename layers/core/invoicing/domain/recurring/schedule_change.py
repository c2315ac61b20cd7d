"""Change of what schedules depend on: they have to wait for other instants, or are paused."""

from datetime import datetime

from invoicing.dataclass import dataclass
from invoicing.domain.invoices.invoice_walk import InvoiceWalk

SCHEDULE_CHANGE = "schedule_change"
"""The id of the change of an account's schedules: there is one at a time; that of a customer has the customer's id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleChange(InvoiceWalk):
    """A walk through the schedules that have dates left, of an account or of the customer that it is about.

    It goes on by the time of the account's test clock where there is one.
    """

    id: str = SCHEDULE_CHANGE
    customer_id: str | None = None


def begun(before: ScheduleChange | None, account: str, customer_id: str | None, now: datetime) -> ScheduleChange:
    """Return the change from its first page on; one that is under way starts over."""
    version = before.version + 1 if before else 1
    about = customer_id or SCHEDULE_CHANGE
    return ScheduleChange(account=account, id=about, version=version, due_at=now, customer_id=customer_id)
