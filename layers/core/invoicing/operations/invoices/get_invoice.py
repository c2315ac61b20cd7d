"""Read an invoice; a draft as it would be issued now."""

from dataclasses import replace

from invoicing.domain.calendar import today
from invoicing.domain.invoices.exemptions import with_exemptions
from invoicing.domain.invoices.invoice import Invoice, Status
from invoicing.domain.invoices.lifecycle import dated
from invoicing.domain.parties.account import Account
from invoicing.domain.parties.customer import Customer
from invoicing.operations.account._own_account import PROFILE
from invoicing.operations.templates._chosen import warn_of_template
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def get_invoice(uow: UnitOfWork, invoice_id: str) -> Invoice:
    """Return the invoice, a draft `as_issued_now`. `NotFound` ``INVOICE_NOT_FOUND``."""
    uow.prefetch((Invoice, invoice_id), (Account, PROFILE))
    invoice = as_issued_now(uow, uow.get(Invoice, invoice_id))
    if invoice.status is Status.DRAFT:
        warn_of_template(uow, uow.get(Account, PROFILE), invoice.template_id, invoice.buyer.template_id)
    return invoice


def as_issued_now(uow: UnitOfWork, invoice: Invoice) -> Invoice:
    """Return a draft with the customer, dates, template and reasons without tax that it has if it is issued now.

    Any other invoice is unchanged. Customer and account of a draft are one more request each, unless prefetched.
    """
    if invoice.status is not Status.DRAFT:
        return invoice
    account = uow.get(Account, PROFILE)
    draft = dated(invoice, today(uow.now, account.time_zone))
    draft = with_exemptions(draft, small_business=account.small_business)
    customer = uow.find(Customer, draft.buyer.id)
    buyer = customer.as_buyer() if customer else draft.buyer
    return replace(draft, buyer=buyer, template=account.template_for(draft.template_id, buyer.template_id))
