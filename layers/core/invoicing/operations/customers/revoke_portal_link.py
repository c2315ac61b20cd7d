"""Revoke a portal link of a customer."""

from dataclasses import replace

from invoicing.domain.errors import not_found
from invoicing.domain.portal.portal_link import PortalLink
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def revoke_portal_link(uow: UnitOfWork, customer_id: str, link_id: str) -> None:
    """End a link with all its tokens, also of an e-mail on its way; other links of the customer stay.

    `NotFound` ``PORTAL_LINK_NOT_FOUND``, also for one that was revoked, and for a link of another customer.
    """
    link = uow.get(PortalLink, link_id)
    if link.customer_id != customer_id or link.revoked_at is not None:
        raise not_found("PortalLink", link_id)
    uow.changes.save(replace(link, version=link.version + 1, revoked_at=uow.now))
