"""A portal link as a document: an e-mail with a token that is made when it is sent."""

from collections.abc import Sequence
from typing import Any

from invoicing.dataclass import dataclass
from invoicing.domain.deliveries.delivery import DeliveryStatus
from invoicing.domain.events.customers import (
    CUSTOMER_EMAIL_BOUNCED,
    CUSTOMER_EMAIL_DELIVERED,
    CUSTOMER_EMAIL_FAILED,
    CUSTOMER_EMAIL_UNCONFIRMED,
)
from invoicing.domain.parties.account import Account
from invoicing.domain.parties.customer import Customer
from invoicing.domain.portal.portal_link import PortalLink, opens_portal
from invoicing.operations.account._own_account import PROFILE
from invoicing.operations.documents.document_type import DocumentType
from invoicing.operations.portal._links import token_of
from invoicing.operations.unit_of_work.change_set import ChangeSet
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class MailedPortalLink:
    """A link as it is sent, with a token of its own; ``customer`` is None where it is gone."""

    link: PortalLink
    account: Account
    customer: Customer | None
    token: str
    is_open: bool


def read_portal_link(uow: UnitOfWork, link: PortalLink) -> MailedPortalLink:
    """Read whose link it is, and make a token for this attempt."""
    uow.prefetch((Customer, link.customer_id), (Account, PROFILE))
    customer = uow.find(Customer, link.customer_id)
    return MailedPortalLink(
        link=link,
        account=uow.get(Account, PROFILE),
        customer=customer,
        token=uow.new_secret(),
        is_open=opens_portal(link, customer, uow.real_now),
    )


def _parts(mailed: MailedPortalLink) -> Sequence[Any]:
    return (mailed.link, mailed.customer) if mailed.customer else (mailed.link,)


def _keep_token(changes: ChangeSet, mailed: MailedPortalLink) -> None:
    changes.save(token_of(mailed.link, mailed.token))


PORTAL_LINK: DocumentType[MailedPortalLink] = DocumentType(
    name="portal_link",
    kind=PortalLink,
    read=read_portal_link,
    parts=_parts,
    refusal=lambda mailed: None if mailed.is_open else "link_ended",
    resource=lambda uow, link: uow.find(Customer, link.customer_id),
    store_with=_keep_token,
    email_events={
        DeliveryStatus.DELIVERED: CUSTOMER_EMAIL_DELIVERED,
        DeliveryStatus.FAILED: CUSTOMER_EMAIL_FAILED,
        DeliveryStatus.BOUNCED: CUSTOMER_EMAIL_BOUNCED,
        DeliveryStatus.UNCONFIRMED: CUSTOMER_EMAIL_UNCONFIRMED,
    },
)
