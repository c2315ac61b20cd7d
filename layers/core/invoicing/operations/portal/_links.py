"""Making of portal links, for clients and for customers who ask for one."""

from dataclasses import replace
from datetime import timedelta

from invoicing.domain.access.caller import hash_of
from invoicing.domain.events.customers import CUSTOMER_EMAIL_FAILED, CUSTOMER_PORTAL_LINK_SENT
from invoicing.domain.parties.customer import Customer
from invoicing.domain.portal.portal_link import PortalLink, PortalToken
from invoicing.operations.documents.order_email import EmailRequest, order_email, record_order
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def new_link(uow: UnitOfWork, customer: Customer, days: int) -> PortalLink:
    """Return a link of a customer that is not saved yet."""
    return PortalLink(
        account=uow.account,
        id=uow.new_id("plink"),
        version=1,
        customer_id=customer.id,
        expires_at=uow.real_now + timedelta(days=days),
        created_at=uow.now,
    )


def token_of(link: PortalLink, secret: str) -> PortalToken:
    """Return what is stored of a token that opens a link."""
    return PortalToken(
        id=hash_of(secret),
        account=link.account,
        link_id=link.id,
        customer_id=link.customer_id,
        expires_at=link.expires_at,
    )


def email_link(
    uow: UnitOfWork, link: PortalLink, customer: Customer, portal_url: str, *, unattended: bool = False
) -> PortalLink:
    """Order the e-mail of a link to the customer's own address, and to nobody else; return the link with it.

    The event of the order makes the transaction depend on the customer as it was read, and so on the address. The token
    is made when it is sent, so that nothing stored can open the portal. `ValidationFailed` as `order_email`.
    """
    deliveries = order_email(
        uow,
        EmailRequest(cc=(), unattended=unattended),
        customer.as_buyer(),
        kind="portal_link",
        document_id=link.id,
        hosted_url=portal_url,
    )
    record_order(uow, customer, deliveries, CUSTOMER_PORTAL_LINK_SENT, CUSTOMER_EMAIL_FAILED)
    return replace(link, delivery_ids=tuple(each.id for each in deliveries))
