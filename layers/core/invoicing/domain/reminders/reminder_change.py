"""Change of what decides about reminders: invoices have to be looked at at other instants than they wait for."""

from invoicing.dataclass import dataclass
from invoicing.domain.invoices.invoice_walk import InvoiceWalk

REMINDER_CHANGE = "reminder_change"
"""The id of the change of an account's reminders: there is one at a time; that of a customer has the customer's id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderChange(InvoiceWalk):
    """A walk through the open invoices of an account, or of the customer that it is about.

    It goes on by the time of the account's test clock where there is one, whose reminders have to follow it.
    """

    id: str = REMINDER_CHANGE
    customer_id: str | None = None
