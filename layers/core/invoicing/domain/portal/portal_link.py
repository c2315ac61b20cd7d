"""Links of the portal: each grants reading of one customer's documents until it expires or is revoked."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from invoicing.dataclass import dataclass
from invoicing.domain.parties.customer import Customer

DEFAULT_DAYS = 30
"""The days after which a link expires that nobody chose days for."""

MOST_DAYS = 90
"""The most days of a link."""

MOST_REQUESTS = 3
"""The portal links that the page of one invoice orders within `REQUESTS_WITHIN`."""

REQUESTS_WITHIN = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class PortalLink:
    """A link of a customer; ``expires_at`` is of the real clock, ``delivery_ids`` its e-mails.

    It has a token for the client who made it and another for each e-mail: all end with it.
    """

    account: str
    id: str
    version: int
    customer_id: str
    expires_at: datetime
    delivery_ids: tuple[str, ...] = ()
    created_at: datetime
    revoked_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PortalToken:
    """A token of a link, by its hash (the ``id``): the token itself is nowhere but with those who have the link."""

    id: str
    version: int = 1
    account: str
    link_id: str
    customer_id: str
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PortalRequests:
    """When the page of an invoice (the ``id``) ordered portal links, the latest times of the real clock."""

    account: str
    id: str
    version: int
    at: tuple[datetime, ...]


def opens_portal(link: PortalLink | None, customer: Customer | None, real_now: datetime) -> bool:
    """Whether a link leads anywhere: not when it was revoked or has expired, nor while its customer is archived."""
    if link is None or link.revoked_at is not None or link.expires_at <= real_now:
        return False
    return customer is not None and customer.archived_at is None


def with_request(
    found: PortalRequests | None, account: str, invoice_id: str, real_now: datetime
) -> PortalRequests | None:
    """Count a request of the page of an invoice; None when it has had its requests."""
    if found is None:
        return PortalRequests(account=account, id=invoice_id, version=1, at=(real_now,))
    recent = _since(found.at, real_now - REQUESTS_WITHIN)
    if len(recent) >= MOST_REQUESTS:
        return None
    return replace(found, version=found.version + 1, at=(*recent, real_now))


def _since(instants: Sequence[datetime], start: datetime) -> tuple[datetime, ...]:
    return tuple(each for each in instants if each > start)
