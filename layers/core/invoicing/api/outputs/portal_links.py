"""Portal links in responses."""

from typing import TypedDict

from invoicing.api.envelope import Result, timestamp
from invoicing.domain.portal.portal_link import PortalLink


class PortalLinkOutput(TypedDict):
    """A portal link, without what opens it; ``delivery_ids`` are its e-mails."""

    id: str
    expires_at: str
    delivery_ids: list[str]
    created_at: str


class NewPortalLinkOutput(PortalLinkOutput):
    """A new portal link, whose ``url`` is shown only once."""

    url: str | None


def portal_link_output(link: PortalLink) -> PortalLinkOutput:
    """Return a link as lists show it."""
    return PortalLinkOutput(
        id=link.id,
        expires_at=timestamp(link.expires_at),
        delivery_ids=list(link.delivery_ids),
        created_at=timestamp(link.created_at),
    )


def new_portal_link_result(link: PortalLink, url: str) -> Result:
    """Return a link that was made, with its address."""
    customer = f"/customers/{link.customer_id}"
    own = f"{customer}/portal-links/{link.id}"
    return Result(
        data=NewPortalLinkOutput(**portal_link_output(link), url=url),
        links={"self": f"{customer}/portal-links", "customer": customer, "revoke": own},
        status=201,
        location=own,
        shown_once=("url",),
    )
