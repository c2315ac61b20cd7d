"""Portal links in a store in memory, with the token that opens each."""

from datetime import datetime, timedelta
from typing import Any

from invoicing.domain.portal.portal_link import PortalLink
from invoicing.operations.portal._links import token_of
from tests.builders import ACCOUNT, NOW
from tests.fakes import FakeStore

TOKEN = "a token of the portal"


def a_portal_link(**overrides: Any) -> PortalLink:
    values: dict[str, Any] = {
        "account": ACCOUNT,
        "id": "plink_1",
        "version": 1,
        "customer_id": "cust_123",
        "expires_at": NOW + timedelta(days=30),
        "created_at": NOW,
    }
    return PortalLink(**values | overrides)


def keep_link(store: FakeStore, token: str = TOKEN, *, expires_at: datetime | None = None, **overrides: Any) -> None:
    link = a_portal_link(**({"expires_at": expires_at} if expires_at else {}), **overrides)
    store.keep(link, token_of(link, token))
