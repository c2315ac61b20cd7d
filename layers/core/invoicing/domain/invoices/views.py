"""The view log of an invoice: when its page or PDF was opened, and by what kind of client."""

from dataclasses import replace
from datetime import datetime
from typing import Literal, NamedTuple

from invoicing.dataclass import dataclass

Client = Literal["browser", "bot", "scanner"]
"""What opened a link: a person's browser, a program that says so, or another one, such as a mail scanner."""

Opened = Literal["page", "pdf"]

MOST_VIEWS = 100
"""The views that are kept of an invoice, the latest: anyone who has the link could add more."""


class View(NamedTuple):
    """One opening; ``counted`` says whether it is one of the customer's. Nothing tells who it was."""

    at: datetime
    client: Client
    opened: Opened
    counted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceViews:
    """The latest views of an invoice (the ``id``), the oldest first."""

    account: str
    id: str
    version: int
    views: tuple[View, ...]


def with_view(found: InvoiceViews | None, account: str, invoice_id: str, view: View) -> InvoiceViews:
    """Add a view to the log of an invoice, which has none before the first."""
    if found is None:
        return InvoiceViews(account=account, id=invoice_id, version=1, views=(view,))
    return replace(found, version=found.version + 1, views=(*found.views, view)[-MOST_VIEWS:])
