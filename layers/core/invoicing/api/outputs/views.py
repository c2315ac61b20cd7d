"""View logs of invoices in responses."""

from typing import TypedDict

from invoicing.api.envelope import timestamp
from invoicing.domain.invoices.views import Client, Opened, View


class ViewOutput(TypedDict):
    """One opening of the page or PDF of an invoice."""

    at: str
    client: Client
    opened: Opened
    counted: bool


def view_output(view: View) -> ViewOutput:
    """Write one opening."""
    return ViewOutput(at=timestamp(view.at), client=view.client, opened=view.opened, counted=view.counted)
