"""What actions on a schedule share: reading it, and keeping what has become of it."""

from dataclasses import replace

from invoicing.domain.events.event import EventType
from invoicing.domain.events.recurring_invoices import (
    RECURRING_INVOICE_COMPLETED,
    RECURRING_INVOICE_PAUSED,
    RECURRING_INVOICE_SKIPPED,
)
from invoicing.domain.invoices.lifecycle import require_version
from invoicing.domain.parties.account import Account
from invoicing.domain.parties.customer import Customer
from invoicing.domain.recurring.lifecycle import Moved, paused_with
from invoicing.domain.recurring.recurring_invoice import RecurringInvoice, RecurringStatus
from invoicing.operations.account._own_account import PROFILE
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def read_schedule(uow: UnitOfWork, recurring_id: str, if_version: int | None) -> tuple[RecurringInvoice, Account]:
    """Return a schedule and its account; `NotFound`, `PreconditionFailed`."""
    uow.prefetch((RecurringInvoice, recurring_id), (Account, PROFILE))
    schedule = uow.get(RecurringInvoice, recurring_id)
    require_version(schedule, if_version)
    return schedule, uow.get(Account, PROFILE)


def follow_customer(uow: UnitOfWork, schedule: RecurringInvoice, customer: Customer | None) -> RecurringInvoice:
    """Return the schedule paused, with an event, if its customer was archived and it has not been resumed since.

    The caller writes it as its next version; the one that is returned still has the version that was read.
    """
    paused = paused_with(schedule, customer, uow.now) if customer else schedule
    if paused == schedule:
        return schedule
    uow.record(RECURRING_INVOICE_PAUSED, paused)
    return replace(paused, version=schedule.version)


def save_moved(
    uow: UnitOfWork, moved: Moved, event: EventType[RecurringInvoice] | None = None, **about: object
) -> RecurringInvoice:
    """Keep what has become of a schedule, with an event of that and those of the dates that it skips."""
    schedule, passed = moved
    uow.changes.save(schedule)
    if event:
        uow.record(event, schedule, **about)
    for skip in passed:
        uow.record(RECURRING_INVOICE_SKIPPED, schedule, skip=skip)
    if schedule.status is RecurringStatus.COMPLETED:
        uow.record(RECURRING_INVOICE_COMPLETED, schedule)
    return schedule
