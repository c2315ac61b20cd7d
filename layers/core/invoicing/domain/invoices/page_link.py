"""Links of hosted pages: a token grants reading of one invoice."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class PageLink:
    """A link from a page's token (the ``id``) to its invoice."""

    id: str
    version: int = 1
    account: str
    invoice_id: str
