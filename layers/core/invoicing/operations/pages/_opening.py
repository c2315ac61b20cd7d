"""Opening of the portal by a link."""

from invoicing.dataclass import dataclass
from invoicing.domain.access.caller import hash_of
from invoicing.domain.errors import NotFound
from invoicing.domain.parties.account import Account
from invoicing.domain.parties.customer import Customer
from invoicing.domain.portal.portal_link import PortalLink, PortalToken, opens_portal
from invoicing.operations.account._own_account import PROFILE
from invoicing.operations.pages._of_link import unit_of_work_of
from invoicing.operations.unit_of_work.change_set import Ref
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class OpenedPortal:
    """Whose portal a token opens, and the unit of work to read it with, of the customer's account."""

    uow: UnitOfWork
    customer: Customer
    account: Account


def open_portal(uow: UnitOfWork, token: str) -> OpenedPortal:
    """Return whose portal a token opens; two requests.

    `NotFound` ``PORTAL_LINK_NOT_FOUND``, the same for a token that is unknown, was revoked, or has expired, and for a
    customer that is archived or gone. The account of the unit of work is not used: the token names it.
    """
    found = uow.store.find(Ref(PortalToken, "", hash_of(token)))
    if found is None:
        raise _unknown()
    own = unit_of_work_of(
        uow, found.account, (PortalLink, found.link_id), (Customer, found.customer_id), (Account, PROFILE)
    )
    customer = own.find(Customer, found.customer_id)
    if customer is None or not opens_portal(own.find(PortalLink, found.link_id), customer, own.real_now):
        raise _unknown()
    return OpenedPortal(own, customer, own.get(Account, PROFILE))


def _unknown() -> NotFound:
    return NotFound("PORTAL_LINK_NOT_FOUND", "This link does not open a portal.")
