"""View logs of invoices in responses."""

from typing import TypedDict

from invoicing.api.envelope import Result, one_page, timestamp
from invoicing.domain.invoices.views import Client, InvoiceViews, Opened


class ViewOutput(TypedDict):
    """One opening of the page or PDF of an invoice."""

    at: str
    client: Client
    opened: Opened
    counted: bool


def views_result(invoice_id: str, log: InvoiceViews | None) -> Result:
    """Return the views of an invoice, the latest first, on one page."""
    views = [
        ViewOutput(at=timestamp(each.at), client=each.client, opened=each.opened, counted=each.counted)
        for each in reversed(log.views if log else ())
    ]
    return one_page(f"/invoices/{invoice_id}/views", views)
