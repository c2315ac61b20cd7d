"""Mail a portal link to the customer of an invoice, who asks for it on the invoice's page."""

from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.invoices.page_link import PageLink
from invoicing.domain.parties.account import Account
from invoicing.domain.parties.customer import Customer
from invoicing.domain.portal.portal_link import DEFAULT_DAYS, PortalRequests, with_request
from invoicing.operations.account._own_account import PROFILE
from invoicing.operations.pages._of_link import unit_of_work_of
from invoicing.operations.portal._links import email_link, new_link
from invoicing.operations.unit_of_work.change_set import Ref
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def request_portal_link(uow: UnitOfWork, token: str, *, portal_url: str) -> None:
    """Mail a new link to the address on file, if there is one, and tell nothing: whoever asks may be anyone.

    A link that has expired orders one too, so that its reader gets on; one that was rotated does not. The invoice's
    requests are counted in the same transaction, so that there are never more than `MOST_REQUESTS` in an hour.
    """
    link = uow.store.find(Ref(PageLink, "", token))
    if link is None:
        return
    named = link.invoice_id
    uow = unit_of_work_of(uow, link.account, (Invoice, named), (PortalRequests, named))
    invoice = uow.find(Invoice, named)
    counted = with_request(uow.find(PortalRequests, named), link.account, named, uow.real_now)
    if invoice is None or invoice.page_token != token or counted is None:
        return
    uow.prefetch((Customer, invoice.buyer.id), (Account, PROFILE))
    customer = uow.find(Customer, invoice.buyer.id)
    if customer is None or customer.archived_at is not None or not customer.email:
        return
    uow.changes.save(counted)
    made = new_link(uow, customer, DEFAULT_DAYS)
    uow.changes.save(email_link(uow, made, customer, portal_url, unattended=True))
