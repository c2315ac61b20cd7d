"""Links of hosted pages: a token grants reading of one invoice."""

from datetime import datetime, timedelta

from invoicing.dataclass import dataclass
from invoicing.domain.invoices.invoice import Invoice


@dataclass(frozen=True, slots=True, kw_only=True)
class PageLink:
    """A link from a page's token (the ``id``) to its invoice, which names the token that leads to it now."""

    id: str
    version: int = 1
    account: str
    invoice_id: str


def link_expiry(days: int | None, made_at: datetime) -> datetime | None:
    """Return when a link made at an instant of the real clock expires; None for never.

    It counts from there, not from the first opening: mail scanners open links before their readers do.
    """
    return None if days is None else made_at + timedelta(days=days)


def has_expired_link(invoice: Invoice, real_now: datetime) -> bool:
    """Whether the link of an invoice worked once and does no longer."""
    return invoice.page_expires_at is not None and invoice.page_expires_at <= real_now
