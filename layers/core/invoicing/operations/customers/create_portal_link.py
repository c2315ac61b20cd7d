"""Create a portal link of a customer."""

from invoicing.dataclass import dataclass
from invoicing.domain.errors import Conflict, Detail, ValidationFailed
from invoicing.domain.parties.account import Account
from invoicing.domain.parties.customer import Customer
from invoicing.domain.portal.portal_link import PortalLink
from invoicing.operations.account._own_account import PROFILE
from invoicing.operations.portal._links import email_link, new_link, token_of
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class NewPortalLink:
    """A link with its token, which is nowhere else."""

    link: PortalLink
    token: str


def create_portal_link(
    uow: UnitOfWork, customer_id: str, *, days: int, send_email: bool, portal_url: str
) -> NewPortalLink:
    """Make a link, beside those that there are, and e-mail it to the customer's own address if that is wanted.

    `NotFound`; `Conflict` ``CUSTOMER_ARCHIVED``; `ValidationFailed` ``RECIPIENT_MISSING``, and as `order_email`.
    """
    uow.prefetch((Customer, customer_id), (Account, PROFILE))
    customer = uow.get(Customer, customer_id)
    if customer.archived_at is not None:
        raise Conflict("CUSTOMER_ARCHIVED", "An archived customer has no portal; restore the customer first.")
    if send_email and not customer.email:
        message = "send_email must be false, because the customer has no e-mail address."
        raise ValidationFailed(Detail("send_email", message, "RECIPIENT_MISSING"))
    link, token = new_link(uow, customer, days), uow.new_secret()
    if send_email:
        link = email_link(uow, link, customer, portal_url)
    else:
        uow.changes.require(uow.ref(Customer, customer.id), customer.version)
    uow.changes.save(link)
    uow.changes.save(token_of(link, token))
    return NewPortalLink(link, token)
