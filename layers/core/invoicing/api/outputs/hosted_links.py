"""Hosted links of invoices in responses."""

from typing import TypedDict

from invoicing.api.envelope import timestamp
from invoicing.domain.invoices.invoice import Invoice


class HostedLinkOutput(TypedDict):
    """The link of an invoice's page; ``hosted_url_expires_at`` is null for one that never expires."""

    id: str
    hosted_url: str
    hosted_url_expires_at: str | None


def hosted_link_output(invoice: Invoice, api_url: str) -> HostedLinkOutput:
    """Return the response of a rotation."""
    expires_at = invoice.page_expires_at
    return HostedLinkOutput(
        id=invoice.id,
        hosted_url=f"{api_url}/i/{invoice.page_token}",
        hosted_url_expires_at=timestamp(expires_at) if expires_at else None,
    )
