"""What schedules wait for after a change of their account, or once their customer is archived."""

from dataclasses import replace

from invoicing.domain.due_work import Done, Work
from invoicing.domain.errors import InvoicingError
from invoicing.domain.invoices.invoice_walk import due_change
from invoicing.domain.parties.account import Account
from invoicing.domain.parties.customer import Customer
from invoicing.domain.recurring.progress import settled
from invoicing.domain.recurring.recurring_invoice import RUNNING, RecurringInvoice
from invoicing.domain.recurring.schedule_change import SCHEDULE_CHANGE, ScheduleChange, begun
from invoicing.operations.account._own_account import PROFILE
from invoicing.operations.invoices._walk import after_page
from invoicing.operations.lists.query import Condition, ListPage, ListQuery
from invoicing.operations.recurring._moves import follow_customer
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork

AT_ONCE = 10
"""Schedules of one step: a transaction takes 4 MB, and each may have 200 KB."""

_RUNNING = Condition("status", "in", tuple(sorted(RUNNING)))


def begin_schedule_change(uow: UnitOfWork) -> None:
    """Have all schedules follow the account in the background; one request. A change under way starts over."""
    before = uow.find(ScheduleChange, SCHEDULE_CHANGE)
    uow.changes.save(begun(before, uow.account, None, uow.at_once))


def pause_schedules(uow: UnitOfWork, customer: Customer) -> None:
    """Pause the schedules of a customer that is archived in this transaction: the first ones with it, others soon.

    Two or three requests. Whatever is not paused yet makes no invoice, since each date asks for the customer.
    """
    page = _page(uow, customer.id, None, (ScheduleChange, customer.id))
    change = begun(uow.find(ScheduleChange, customer.id), uow.account, customer.id, uow.at_once)
    for schedule in page.items:
        paused = follow_customer(uow, schedule, customer)
        if paused != schedule:
            uow.changes.save(replace(paused, version=schedule.version + 1))
    after = change.after_page(page.next_cursor) or change
    uow.changes.save(replace(after, version=change.version))


def perform_due_work(uow: UnitOfWork, about: str) -> Done | None:
    """Let the next schedules follow account and customer, and say where to go on.

    As `invoicing.operations.reactions.run_due_work.Worker`.
    """
    change = uow.find(ScheduleChange, about)
    if change is None or change.due_at > uow.now:
        return None
    page = _page(uow, change.customer_id, change.position, (Account, PROFILE))
    if page.items:
        uow.prefetch(*((Customer, customer) for customer in sorted({schedule.customer_id for schedule in page.items})))
    for schedule in page.items:
        _follow(uow, schedule)
    after = after_page(uow, change, page.next_cursor)
    return Done(Work.CHANGE, due_change(after) if after else None)


def postpone_due_work(uow: UnitOfWork, about: str, error: InvoicingError) -> Done | None:  # noqa: ARG001
    """Raise the error: a change waits for nothing but time."""
    raise error


def _follow(uow: UnitOfWork, schedule: RecurringInvoice) -> None:
    paused = follow_customer(uow, schedule, uow.find(Customer, schedule.customer_id))
    after = settled(paused, uow.get(Account, PROFILE))
    if after != schedule:
        uow.changes.save(replace(after, version=schedule.version + 1))


def _page(
    uow: UnitOfWork, customer_id: str | None, position: str | None, along: tuple[type, str]
) -> ListPage[RecurringInvoice]:
    """Return the next schedules; those of a customer include what has ended, since no index has both conditions."""
    condition = _RUNNING if customer_id is None else Condition("customer_id", "eq", (customer_id,))
    return uow.page_of(RecurringInvoice, ListQuery(conditions=(condition,), per_page=AT_ONCE, cursor=position), along)
