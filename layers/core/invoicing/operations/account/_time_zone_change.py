"""What an account waits for after a change of its time zone: the same civil times, at other instants."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from invoicing.domain.due_work import Work
from invoicing.domain.events.invoices import INVOICE_UPDATED
from invoicing.domain.invoices.due_work import in_time_zone
from invoicing.domain.invoices.invoice import OPEN_STATUSES, Invoice, Status
from invoicing.domain.parties.account import Account
from invoicing.domain.parties.time_zone_change import TIME_ZONE_CHANGE, TimeZoneChange
from invoicing.operations.account._own_account import PROFILE
from invoicing.operations.invoices._due_work import become_overdue
from invoicing.operations.lists.query import Condition, ListPage, ListQuery, Sort
from invoicing.operations.unit_of_work.change_set import ChangeSet
from invoicing.operations.unit_of_work.ports import DueWorkIndex
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork, run_use_case

MOST_PAGES = 20
"""The most pages of one run; the next tick goes on."""

_WAITING = ListQuery(
    conditions=(Condition("status", "in", tuple(sorted((*OPEN_STATUSES, Status.DRAFT)))),),
    sorts=(Sort("due_date", descending=False),),
    per_page=100,
    with_lines=False,
)
"""The invoices that may wait for a civil time, the soonest first."""


def run_job(start: Callable[[ChangeSet], UnitOfWork], _: DueWorkIndex) -> list[Work]:
    """Move the invoices of the next pages, each in a transaction of its own, and say where to go on.

    Two runs at once move the same invoices once; what a run that ends half-way has moved stays, and is found moved.
    """
    done: list[Work] = []
    while len(done) < MOST_PAGES and (found := _next_page(start(ChangeSet()))):
        change, page, account = found
        for invoice in page.items:
            if in_time_zone(invoice, account.time_zone) != invoice:
                run_use_case(start, partial(_move, invoice_id=invoice.id))
        run_use_case(start, partial(_go_on, change=change, next_page=page.next_cursor))
        done.append(Work.JOB)
    return done


def _next_page(uow: UnitOfWork) -> tuple[TimeZoneChange, ListPage[Invoice], Account] | None:
    """Return the page that is due, None where none is."""
    uow.prefetch((TimeZoneChange, TIME_ZONE_CHANGE), (Account, PROFILE))
    change = uow.find(TimeZoneChange, TIME_ZONE_CHANGE)
    if change is None or change.due_at > uow.real_now:
        return None
    page = uow.page_of(Invoice, replace(_WAITING, cursor=change.position))
    return change, page, uow.get(Account, PROFILE)


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


def _go_on(uow: UnitOfWork, change: TimeZoneChange, next_page: str | None) -> None:
    """Say where the change goes on, unless another run has, or the time zone changed again."""
    if uow.find(TimeZoneChange, TIME_ZONE_CHANGE) != change:
        return
    after = change.after_page(next_page)
    if after:
        uow.changes.save(after)
    else:
        uow.changes.remove(change)
