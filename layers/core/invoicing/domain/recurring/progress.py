"""How a schedule moves on: an invoice was made, could not be made, or dates were skipped."""

from dataclasses import replace
from datetime import datetime, timedelta

from invoicing.domain.due_work import failure_of, pause_after
from invoicing.domain.errors import InvoicingError
from invoicing.domain.parties.account import Account
from invoicing.domain.recurring.occurrences import Occurrence, Skipped, due_instant
from invoicing.domain.recurring.recurring_invoice import (
    RUNNING,
    Burst,
    GenerationError,
    RecurringInvoice,
    RecurringStatus,
    changed,
)

MOST_AT_ONCE = 24
"""The most invoices that a schedule makes in a burst."""

BETWEEN_BURSTS = timedelta(minutes=4)
"""How long a burst lasts at least: a little less than the time between two ticks, so that each tick brings one."""


def made(schedule: RecurringInvoice, occurrence: Occurrence, account: Account, now: datetime) -> RecurringInvoice:
    """Return the schedule after the invoice of a date was made; with the last one it is completed."""
    timetable = schedule.timetable
    following = timetable.at(timetable.on_or_after(occurrence.occurrence_date) + 1)
    burst = schedule.burst
    if burst is None or not timedelta() <= now - burst.since < BETWEEN_BURSTS:
        burst = Burst(now, 0)
    burst = Burst(burst.since, burst.made + 1)
    is_full = burst.made >= MOST_AT_ONCE
    after = changed(
        schedule,
        now,
        next_billing_date=following,
        invoices_generated=schedule.invoices_generated + 1,
        last_invoice_id=occurrence.invoice_id,
        last_occurrence_date=occurrence.occurrence_date,
        last_error=None,
        attempts=0,
        burst=burst,
        held_until=burst.since + BETWEEN_BURSTS if is_full else schedule.held_until,
    )
    return settled(after, account)


def skipped(schedule: RecurringInvoice, skip: Skipped, account: Account, now: datetime) -> RecurringInvoice:
    """Return the schedule after dates were skipped; it does not wait for the failure of one of them any more."""
    after = changed(schedule, now, next_billing_date=skip.next, last_error=None, attempts=0)
    if schedule.attempts:
        after = replace(after, held_until=now)
    return settled(after, account)


def failed(
    schedule: RecurringInvoice, error: InvoicingError, account: Account, now: datetime
) -> tuple[RecurringInvoice, bool]:
    """Return the schedule after the next invoice could not be made, and whether an event has to tell of it.

    It is tried again after a pause; later dates wait. An event tells once of each reason.
    """
    if schedule.next_billing_date is None:
        raise LookupError(f"the schedule {schedule.id} has no next date")
    failure, attempts = failure_of(error), schedule.attempts + 1
    reported = schedule.last_error.reported if schedule.last_error else ()
    is_new = failure.code not in reported
    last_error = GenerationError(
        code=failure.code,
        message=failure.message,
        occurrence_date=schedule.next_billing_date,
        at=now,
        reported=(*reported, failure.code) if is_new else reported,
    )
    held_until = now + pause_after(attempts)
    after = changed(schedule, now, attempts=attempts, last_error=last_error, held_until=held_until)
    return settled(after, account), is_new


def settled(schedule: RecurringInvoice, account: Account) -> RecurringInvoice:
    """Return a schedule with what follows from its next date: when to look, what it has in it, whether it is completed.

    Also asked when the account's time zone or weekend has changed.
    """
    if schedule.status not in RUNNING:
        return replace(schedule, next_at=None)
    enough = schedule.max_occurrences is not None and schedule.invoices_generated >= schedule.max_occurrences
    if schedule.next_billing_date is None or enough:
        return replace(_ended(schedule), status=RecurringStatus.COMPLETED)
    due_at = due_instant(schedule, account)
    if due_at is None:
        return schedule
    content = schedule.content_on(schedule.next_billing_date)
    return replace(
        schedule,
        next_at=max(due_at, schedule.held_until or due_at),
        content=content,
        planned=tuple(each for each in schedule.planned if each.effective_from > schedule.next_billing_date),
        pauses=tuple(pause for pause in schedule.pauses if pause.until and pause.until >= due_at),
    )


def cancelled(schedule: RecurringInvoice) -> RecurringInvoice:
    """Return a schedule that makes no invoice any more."""
    return replace(_ended(schedule), status=RecurringStatus.CANCELLED)


def _ended(schedule: RecurringInvoice) -> RecurringInvoice:
    return replace(
        schedule,
        next_billing_date=None,
        next_at=None,
        held_until=None,
        burst=None,
        attempts=0,
        paused_at=None,
        pause_reason=None,
        pauses=(),
    )
