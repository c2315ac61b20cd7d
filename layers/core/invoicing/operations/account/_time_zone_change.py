"""What an account waits for after a change of its time zone: the same civil times, at other instants."""

from collections.abc import Callable
from dataclasses import replace

from invoicing.domain.due_work import Work
from invoicing.domain.events.invoices import INVOICE_UPDATED
from invoicing.domain.invoices.due_work import in_time_zone
from invoicing.domain.invoices.invoice import OPEN_STATUSES, Invoice, Status
from invoicing.domain.parties.account import Account
from invoicing.domain.parties.time_zone_change import TIME_ZONE_CHANGE, TimeZoneChange
from invoicing.operations.invoices._due_work import become_overdue
from invoicing.operations.invoices._late_fees import awaiting_late_fee
from invoicing.operations.invoices._walk import Walking, walk
from invoicing.operations.lists.query import Condition, ListQuery, Sort
from invoicing.operations.unit_of_work.change_set import ChangeSet
from invoicing.operations.unit_of_work.ports import DueWorkIndex
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork

_WAITING = ListQuery(
    conditions=(Condition("status", "in", tuple(sorted((*OPEN_STATUSES, Status.DRAFT)))),),
    sorts=(Sort("due_date", descending=False),),
    per_page=100,
    with_lines=False,
)
"""The invoices that may wait for a civil time, the soonest first."""


def run_job(start: Callable[[ChangeSet], UnitOfWork], _: DueWorkIndex, *__: object) -> list[Work]:
    """Move the invoices of the next pages to the account's time zone."""
    walking = Walking(
        kind=TimeZoneChange, id=TIME_ZONE_CHANGE, query=lambda _: _WAITING, is_affected=_is_affected, move=_move
    )
    return walk(start, walking)


def _is_affected(invoice: Invoice, account: Account) -> bool:
    return invoice.next_late_fee is not None or in_time_zone(invoice, account.time_zone) != invoice


def _move(uow: UnitOfWork, invoice: Invoice, account: Account) -> None:
    """Let an invoice wait in the time zone that the account has now; past its due date there, it is overdue."""
    moved = in_time_zone(invoice, account.time_zone)
    if moved.next_overdue_at:
        moved = become_overdue(uow, moved, account)
    else:
        moved = awaiting_late_fee(uow, moved, account) if moved.next_late_fee else moved
        if moved == invoice:
            return
        moved = replace(moved, version=moved.version + 1)
        uow.changes.save(moved)
    if moved.scheduled_send != invoice.scheduled_send:
        uow.record(INVOICE_UPDATED, moved, changed=["scheduled_send_at"])
