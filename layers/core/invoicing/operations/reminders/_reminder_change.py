"""What invoices wait for after a change of settings, of a customer's override or of the time zone."""

from dataclasses import replace

from invoicing.domain.due_work import Done, Work
from invoicing.domain.errors import InvoicingError
from invoicing.domain.invoices.invoice import OPEN_STATUSES, Invoice
from invoicing.domain.invoices.invoice_walk import due_change
from invoicing.domain.parties.account import Account
from invoicing.domain.parties.customer import Customer
from invoicing.domain.reminders.account_reminders import REMINDERS, AccountReminders
from invoicing.domain.reminders.customer_reminder import CustomerReminder
from invoicing.domain.reminders.reminder_change import REMINDER_CHANGE, ReminderChange
from invoicing.domain.reminders.state import InvoiceReminders
from invoicing.operations.account._own_account import PROFILE
from invoicing.operations.documents.reminder import closed_by
from invoicing.operations.invoices._walk import after_page
from invoicing.operations.lists.query import Condition, ListQuery, Sort
from invoicing.operations.reminders._following import look_again
from invoicing.operations.reminders._reminded import reminded_of
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork

AT_ONCE = 25
"""Invoices of one step: with reminders and customers they are read in one request of up to 100 items."""

OPEN = Condition("status", "in", tuple(sorted(OPEN_STATUSES)))
"""What reminders can be about."""


def begin_reminder_change(uow: UnitOfWork, customer_id: str | None = None) -> None:
    """Have the open invoices of a customer, or of the whole account, looked at again in the background; one request.

    A change that is under way starts over.
    """
    about = customer_id or REMINDER_CHANGE
    before = uow.find(ReminderChange, about)
    version = before.version + 1 if before else 1
    due_at = uow.at_once
    uow.changes.save(
        ReminderChange(account=uow.account, id=about, version=version, due_at=due_at, customer_id=customer_id)
    )


def perform_due_work(uow: UnitOfWork, about: str) -> Done | None:
    """Let the next invoices wait for what comes next, and say where to go on.

    As `invoicing.operations.reactions.run_due_work.Worker`. Invoices that are paid wait for nothing.
    """
    change = uow.find(ReminderChange, about)
    if change is None or change.due_at > uow.now:
        return None
    page = uow.page_of(Invoice, _invoices(change), (Account, PROFILE), (AccountReminders, REMINDERS))
    still_open = [invoice for invoice in page.items if invoice.status in OPEN_STATUSES]
    customers = dict.fromkeys(invoice.buyer.id for invoice in still_open)
    uow.prefetch(
        *((kind, invoice.id) for invoice in still_open for kind in (Invoice, InvoiceReminders)),
        *((kind, customer) for customer in customers for kind in (Customer, CustomerReminder)),
    )
    for each in still_open:
        invoice = uow.get(Invoice, each.id)
        if closed_by(invoice) is None:
            look_again(uow, reminded_of(uow, invoice))
    after = after_page(uow, change, page.next_cursor)
    return Done(Work.CHANGE, due_change(after) if after else None)


def postpone_due_work(uow: UnitOfWork, about: str, error: InvoicingError) -> Done | None:  # noqa: ARG001
    """Raise the error: a change waits for nothing but time."""
    raise error


def _invoices(change: ReminderChange) -> ListQuery:
    """Return the invoices that a change goes through: the open ones or, of one customer, all.

    A customer's list by status has no cursors until it is long, and would end after its first page.
    """
    of_customer = None if change.customer_id is None else Condition("customer_id", "eq", (change.customer_id,))
    query = ListQuery(
        conditions=(of_customer or OPEN,),
        sorts=(Sort("created_at" if of_customer else "due_date", descending=False),),
        per_page=AT_ONCE,
        with_lines=False,
    )
    return replace(query, cursor=change.position)
