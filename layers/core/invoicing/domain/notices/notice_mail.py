"""Notices that were made: what each names."""

from datetime import date, datetime

from invoicing.dataclass import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeMail:
    """A notice that the account is sent on the civil date ``day``; its delivery names it.

    ``delivery_ids`` are the e-mails that it names, ``invoice_ids`` the invoices whose scheduled sends failed,
    ``recurring_ids`` the schedules whose next invoice could not be made, ``webhook_ids`` the webhooks that were
    disabled, and ``count`` is how many failures there are. ``sequence`` counts its events.
    """

    account: str
    id: str
    version: int = 1
    sequence: int = 0
    day: date
    delivery_ids: tuple[str, ...]
    invoice_ids: tuple[str, ...] = ()
    recurring_ids: tuple[str, ...] = ()
    webhook_ids: tuple[str, ...] = ()
    count: int
    created_at: datetime

    @property
    def unnamed(self) -> int:
        """How many failures it does not name."""
        return self.count - sum(map(len, (self.delivery_ids, self.invoice_ids, self.recurring_ids, self.webhook_ids)))
