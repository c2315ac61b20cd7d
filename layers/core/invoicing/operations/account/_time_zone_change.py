"""What an account waits for after a change of its time zone: the same civil times, at other instants."""

from collections.abc import Callable
from dataclasses import replace

from invoicing.domain.due_work import Work
from invoicing.domain.events.invoices import INVOICE_UPDATED
from invoicing.domain.invoices.due_work import in_time_zone
from invoicing.domain.invoices.invoice import OPEN_STATUSES, Invoice, Status
from invoicing.domain.parties.account import Account
from invoicing.domain.parties.time_zone_change import TimeZoneChange
from invoicing.operations.account._own_account import PROFILE
from invoicing.operations.invoices._due_work import become_overdue
from invoicing.operations.invoices._walk import Steps, run_walk
from invoicing.operations.lists.query import Condition, ListQuery, Sort
from invoicing.operations.unit_of_work.change_set import ChangeSet
from invoicing.operations.unit_of_work.ports import DueWorkIndex
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork

MOST_PAGES = 20
"""The most pages of one run; the next tick goes on."""

_WAITING = ListQuery(
    conditions=(Condition("status", "in", tuple(sorted((*OPEN_STATUSES, Status.DRAFT)))),),
    sorts=(Sort("due_date", descending=False),),
    per_page=100,
    with_lines=False,
)
"""The invoices that may wait for a civil time, the soonest first."""


def run_job(start: Callable[[ChangeSet], UnitOfWork], _: DueWorkIndex, identifier: str) -> list[Work]:
    """Move the invoices of the next pages to the new time zone (`run_walk`)."""
    steps = Steps(kind=TimeZoneChange, query=lambda _: _WAITING, concerns=_waits_elsewhere, follow=_move)
    return run_walk(start, steps, identifier, most_pages=MOST_PAGES)


def _waits_elsewhere(uow: UnitOfWork) -> Callable[[Invoice], bool]:
    time_zone = uow.get(Account, PROFILE).time_zone
    return lambda invoice: in_time_zone(invoice, time_zone) != invoice


def _move(uow: UnitOfWork, invoice_id: str) -> None:
    """Let an invoice wait in the time zone that the account has now; past its due date there, it is overdue."""
    uow.prefetch((Invoice, invoice_id), (Account, PROFILE))
    invoice, account = uow.find(Invoice, invoice_id), uow.get(Account, PROFILE)
    moved = in_time_zone(invoice, account.time_zone) if invoice else None
    if invoice is None or moved is None or moved == invoice:
        return
    if moved.next_overdue_at:
        moved = become_overdue(uow, moved, account)
    else:
        moved = replace(moved, version=moved.version + 1)
        uow.changes.save(moved)
    if moved.scheduled_send != invoice.scheduled_send:
        uow.record(INVOICE_UPDATED, moved, changed=["scheduled_send_at"])
