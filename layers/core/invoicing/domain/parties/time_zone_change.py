"""Change of an account's time zone: everything that waits for a civil time has to wait for another instant."""

from invoicing.dataclass import dataclass
from invoicing.domain.invoices.invoice_walk import InvoiceWalk

TIME_ZONE_CHANGE = "time_zone_change"
"""The id of an account's change of time zone: there is one at a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeZoneChange(InvoiceWalk):
    """A walk through the invoices of an account, each of which is moved to the new time zone."""

    id: str = TIME_ZONE_CHANGE
