"""Schedules after a change of their account's time zone: the same civil times, at other instants."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from invoicing.domain.parties.account import Account
from invoicing.domain.recurring.progress import settled
from invoicing.domain.recurring.recurring_invoice import RUNNING, RecurringInvoice
from invoicing.operations.account._own_account import PROFILE
from invoicing.operations.lists.query import Condition, ListQuery
from invoicing.operations.unit_of_work.change_set import ChangeSet
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork, run_use_case

_RUNNING = ListQuery(conditions=(Condition("status", "in", tuple(sorted(RUNNING))),), per_page=100)


def move_schedules(start: Callable[[ChangeSet], UnitOfWork]) -> None:
    """Let the schedules that still have dates wait for them in the time zone that the account has now.

    Each is written in a transaction of its own; what a run that ends half-way has moved is found moved.
    """
    query: ListQuery | None = _RUNNING
    while query:
        uow = start(ChangeSet())
        page = uow.page_of(RecurringInvoice, query, (Account, PROFILE))
        for schedule in page.items:
            if settled(schedule, uow.get(Account, PROFILE)) != schedule:
                run_use_case(start, partial(_move, schedule_id=schedule.id))
        query = replace(query, cursor=page.next_cursor) if page.next_cursor else None


def _move(uow: UnitOfWork, schedule_id: str) -> None:
    uow.prefetch((RecurringInvoice, schedule_id), (Account, PROFILE))
    schedule = uow.get(RecurringInvoice, schedule_id)
    moved = settled(schedule, uow.get(Account, PROFILE))
    if moved != schedule:
        uow.changes.save(replace(moved, version=schedule.version + 1))
