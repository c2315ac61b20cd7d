"""What invoices wait for after a change of settings, of a customer's override or of the time zone."""

from collections.abc import Callable

from invoicing.domain.due_work import Work
from invoicing.domain.invoices.invoice import OPEN_STATUSES, Invoice
from invoicing.domain.reminders.reminder_change import REMINDER_CHANGE, ReminderChange
from invoicing.operations.invoices._walk import Steps, begin_walk, run_walk
from invoicing.operations.lists.query import Condition, ListQuery, Sort
from invoicing.operations.reminders._following import look_again
from invoicing.operations.reminders._reminded import closed_by, read_reminded
from invoicing.operations.unit_of_work.change_set import ChangeSet
from invoicing.operations.unit_of_work.ports import DueWorkIndex
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork

MOST_PAGES = 10
"""The most pages of one run; the next tick goes on."""

OPEN = Condition("status", "in", tuple(sorted(OPEN_STATUSES)))
"""What reminders can be about."""


def begin_reminder_change(uow: UnitOfWork, customer_id: str | None = None) -> None:
    """Have the open invoices of a customer, or of the whole account, looked at anew in the background."""
    about = customer_id or REMINDER_CHANGE
    change = ReminderChange(account=uow.account, id=about, version=1, due_at=uow.real_now, customer_id=customer_id)
    begin_walk(uow, change)


def run_job(start: Callable[[ChangeSet], UnitOfWork], _: DueWorkIndex, identifier: str) -> list[Work]:
    """Look anew at the invoices of the next pages (`run_walk`)."""
    steps = Steps(kind=ReminderChange, query=_open_invoices, concerns=lambda _: _any, follow=_follow)
    return run_walk(start, steps, identifier, most_pages=MOST_PAGES)


def _open_invoices(change: ReminderChange) -> ListQuery:
    """Return the open invoices of a change, in an order that every index has."""
    of_customer = () if change.customer_id is None else (Condition("customer_id", "eq", (change.customer_id,)),)
    return ListQuery(
        conditions=(*of_customer, OPEN),
        sorts=(Sort("due_date", descending=False),),
        per_page=100,
        with_lines=False,
    )


def _any(_: Invoice) -> bool:
    return True


def _follow(uow: UnitOfWork, invoice_id: str) -> None:
    """Let an invoice wait for what comes next; paid meanwhile, it waits for nothing."""
    reminded = read_reminded(uow, invoice_id)
    if closed_by(reminded.invoice) is None:
        look_again(uow, reminded)
