"""Make a recurring invoice of an invoice."""

from dataclasses import replace

from invoicing.domain.calendar import today
from invoicing.domain.invoices.duplicating import duplicate_of
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.invoices.lifecycle import require
from invoicing.domain.parties.account import Account
from invoicing.domain.parties.customer import Customer
from invoicing.domain.recurring.recurring_invoice import RecurringInvoice
from invoicing.operations.account._own_account import PROFILE
from invoicing.operations.customers._eligibility import customer_to_bill
from invoicing.operations.recurring._starting import NewSchedule, start_schedule
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def recur_invoice(uow: UnitOfWork, invoice_id: str, new: NewSchedule, *, page_url: str) -> RecurringInvoice:
    """Create a schedule whose invoices have in them what an invoice has, without its number and dates.

    `NotFound`; `ValidationFailed` ``INVALID_CUSTOMER`` when its customer is deleted or archived, and as
    `start_schedule`.
    """
    uow.prefetch((Invoice, invoice_id), (Account, PROFILE))
    original, account = uow.get(Invoice, invoice_id), uow.get(Account, PROFILE)
    require(original, "duplicate")
    customer = customer_to_bill(uow, uow.find(Customer, original.buyer.id), original.buyer.id)
    content = replace(duplicate_of(original, today(uow.now, account.time_zone)), due_date=None)
    return start_schedule(uow, new, content, account, customer, page_url=page_url)
