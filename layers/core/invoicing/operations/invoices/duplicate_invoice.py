"""Duplicate an invoice as a new draft."""

from invoicing.domain.calendar import today
from invoicing.domain.events.invoices import INVOICE_CREATED
from invoicing.domain.invoices.drafting import draft_invoice
from invoicing.domain.invoices.duplicating import duplicate_of
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.invoices.lifecycle import require
from invoicing.domain.numbering.series import NumberSeries
from invoicing.domain.numbering.settings import INVOICES
from invoicing.domain.parties.account import Account
from invoicing.domain.parties.customer import Customer
from invoicing.operations.account._own_account import PROFILE
from invoicing.operations.customers._eligibility import customer_to_bill
from invoicing.operations.invoices._issuing import number_draft
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def duplicate_invoice(uow: UnitOfWork, invoice_id: str) -> Invoice:
    """Create the new draft, dated today, with the current customer and account.

    `NotFound`; `ValidationFailed` ``INVALID_CUSTOMER`` when the customer is deleted or archived.
    """
    uow.prefetch((Invoice, invoice_id), (Account, PROFILE), (NumberSeries, INVOICES))
    original, account = uow.get(Invoice, invoice_id), uow.get(Account, PROFILE)
    require(original, "duplicate")
    customer_id = original.buyer.id
    customer = customer_to_bill(uow, uow.find(Customer, customer_id), customer_id)
    new = duplicate_of(original, today(uow.now, account.time_zone))
    draft = draft_invoice(new, account, customer, new_id=uow.new_id, now=uow.now)
    draft = number_draft(uow, draft, account)
    uow.changes.save(draft)
    uow.record(INVOICE_CREATED, draft)
    return draft
