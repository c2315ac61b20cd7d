"""Actions on a schedule: pause, resume, skip the next date, cancel."""

from dataclasses import replace
from datetime import datetime

from invoicing.domain.parties.account import Account
from invoicing.domain.parties.customer import Customer
from invoicing.domain.recurring.occurrences import Skipped, has_date_in, next_in_pause, skip_of_next
from invoicing.domain.recurring.progress import cancelled, settled, skipped
from invoicing.domain.recurring.recurring_invoice import (
    RUNNING,
    Pause,
    RecurringInvoice,
    RecurringStatus,
    changed,
    require_status,
)

type Moved = tuple[RecurringInvoice, tuple[Skipped, ...]]
"""A schedule after an action, and the dates that were skipped on the way."""


def pause(schedule: RecurringInvoice, now: datetime) -> RecurringInvoice:
    """Return the schedule paused; what was due before is still made. `Conflict` unless it is active."""
    require_status(schedule, "pause", RecurringStatus.ACTIVE)
    return changed(schedule, now, status=RecurringStatus.PAUSED, paused_at=now, pause_reason="paused")


def paused_with(schedule: RecurringInvoice, customer: Customer, now: datetime) -> RecurringInvoice:
    """Return the schedule paused since its customer was archived, the same one if it was resumed since or has ended.

    That the customer has been restored changes nothing, nor does a later pause by hand.
    """
    archivings = (each for each in customer.archivings if each.version > schedule.customer_version)
    first = next(archivings, None)
    if first is None or schedule.status not in RUNNING or (schedule.paused_at and schedule.paused_at <= first.at):
        return schedule
    return changed(schedule, now, status=RecurringStatus.PAUSED, paused_at=first.at, pause_reason="customer_archived")


def resume(schedule: RecurringInvoice, account: Account, now: datetime) -> Moved:
    """Return the schedule active again, without the dates that fell due during the pause.

    It is completed when no date is left. `Conflict` unless it is paused.
    """
    require_status(schedule, "resume", RecurringStatus.PAUSED)
    current, passed = _past_pauses(schedule, account, now)
    ended = Pause(schedule.paused_at or now, now, schedule.pause_reason or "paused")
    pauses = (*current.pauses, ended) if has_date_in(current, account, ended) else current.pauses
    active = changed(current, now, status=RecurringStatus.ACTIVE, paused_at=None, pause_reason=None, pauses=pauses)
    return _as_one(schedule, active, passed, account)


def skip(schedule: RecurringInvoice, account: Account, now: datetime) -> Moved:
    """Return the schedule without its next date, completed when that was the last.

    A date that failed can be passed so. `Conflict` unless it is active or paused.
    """
    require_status(schedule, "skip a date of", RecurringStatus.ACTIVE, RecurringStatus.PAUSED)
    current, passed = _past_pauses(schedule, account, now)
    if found := skip_of_next(current, account):
        current, passed = skipped(current, found, account, now), (*passed, found)
    return _as_one(schedule, current, passed, account)


def cancel(schedule: RecurringInvoice, now: datetime) -> RecurringInvoice:
    """Return the schedule cancelled; one that is cancelled already stays. `Conflict` for a completed one."""
    if schedule.status is RecurringStatus.CANCELLED:
        return schedule
    require_status(schedule, "cancel", RecurringStatus.ACTIVE, RecurringStatus.PAUSED)
    return cancelled(changed(schedule, now))


def _past_pauses(schedule: RecurringInvoice, account: Account, now: datetime) -> Moved:
    """Return the schedule after all next dates that fell due during a pause."""
    passed: list[Skipped] = []
    while found := next_in_pause(schedule, account, now):
        schedule = skipped(schedule, found, account, now)
        passed.append(found)
    return schedule, tuple(passed)


def _as_one(before: RecurringInvoice, after: RecurringInvoice, passed: tuple[Skipped, ...], account: Account) -> Moved:
    """Return several steps as one version."""
    return settled(replace(after, version=before.version + 1), account), passed
