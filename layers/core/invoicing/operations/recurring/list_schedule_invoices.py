"""List the invoices that a recurring invoice has made."""

from dataclasses import replace

from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.parties.account import Account
from invoicing.domain.recurring.recurring_invoice import RecurringInvoice
from invoicing.operations.account._own_account import PROFILE
from invoicing.operations.lists.query import Condition, ListPage, ListQuery
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def list_schedule_invoices(uow: UnitOfWork, recurring_id: str, query: ListQuery) -> ListPage[Invoice]:
    """Return one page, and read the account along for `own_today`; `NotFound`, `InvalidRequest` as `Store.page_of`."""
    schedule = uow.get(RecurringInvoice, recurring_id)
    of_schedule = Condition("recurring_id", "eq", (schedule.id,))
    return uow.page_of(Invoice, replace(query, conditions=(of_schedule, *query.conditions)), (Account, PROFILE))
