"""What a schedule has to do at an instant: make the invoice of a date, skip dates, or wait."""

from datetime import UTC, date, datetime, timedelta
from typing import Literal

from invoicing.dataclass import dataclass
from invoicing.domain.calendar import days_after, local_instant, today
from invoicing.domain.parties.account import Account
from invoicing.domain.recurring.business_days import FURTHEST, moved
from invoicing.domain.recurring.identity import invoice_id_of
from invoicing.domain.recurring.recurring_invoice import RUNNING, Pause, RecurringInvoice
from invoicing.domain.recurring.timetable import Period, Share

ON_TIME = timedelta(hours=1)
"""How long after its instant an invoice is still made on time: a tick and a backlog later."""

AHEAD = timedelta(minutes=1)
"""Longer than the clocks of processes differ."""

ALWAYS = datetime.min.replace(tzinfo=UTC)

SkipReason = Literal["paused", "customer_archived", "catch_up", "skipped"]
"""It fell due during a pause; it was missed and is not made up for; or somebody skipped it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """A date of a schedule whose invoice is to be made now.

    ``occurrence_date`` is the nominal one; ``invoice_id`` follows from it, so that it has one invoice. ``number``
    counts the invoices of the schedule, this one included. ``counted_from`` is the day from which its terms of payment
    count. ``share`` is the part of a whole period that is charged, None for all of it.
    """

    occurrence_date: date
    due_at: datetime
    invoice_id: str
    number: int
    period: Period
    share: Share | None
    issue_date: date
    counted_from: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped:
    """Dates in a row, from ``first`` to ``last``, that make no invoice, and why; ``next`` is the date after them."""

    first: date
    last: date
    count: int
    reason: SkipReason
    next: date | None


def next_occurrence(schedule: RecurringInvoice, account: Account, now: datetime) -> Occurrence | Skipped | None:
    """Return what the schedule has to do now, None where nothing is due."""
    if schedule.status not in RUNNING or schedule.next_billing_date is None:
        return None
    dates = _Dates(schedule, account)
    index = dates.timetable.on_or_after(schedule.next_billing_date)
    due_at = dates.due_at(index)
    if max(due_at, schedule.held_until or due_at) > now:
        return None
    pauses = _pauses(schedule, now)
    for pause in pauses:
        if pause.covers(due_at):
            last = dates.last_due(min(now, pause.until or now), index)
            return dates.skip(index, last, pause.reason)
    horizon = min((now, *(pause.since for pause in pauses if pause.since >= due_at)))
    if (missed := _last_missed(dates, index, now, horizon)) >= index:
        return dates.skip(index, missed, "catch_up")
    return dates.occurrence(index, now)


def next_in_pause(schedule: RecurringInvoice, account: Account, now: datetime) -> Skipped | None:
    """Return the next dates if they fell due during a pause, None otherwise."""
    if schedule.next_billing_date is None:
        return None
    dates = _Dates(schedule, account)
    index = dates.timetable.on_or_after(schedule.next_billing_date)
    due_at = dates.due_at(index)
    for pause in _pauses(schedule, now):
        if pause.covers(due_at) and due_at <= now:
            return dates.skip(index, dates.last_due(min(now, pause.until or now), index), pause.reason)
    return None


def skip_of_next(schedule: RecurringInvoice, account: Account) -> Skipped | None:
    """Return the next date as one that somebody skips, None where there is none."""
    if schedule.next_billing_date is None:
        return None
    dates = _Dates(schedule, account)
    index = dates.timetable.on_or_after(schedule.next_billing_date)
    return dates.skip(index, index, "skipped")


def skip_until(schedule: RecurringInvoice, account: Account, day: date) -> Skipped | None:
    """Return the dates up to and including a civil date as ones that are not made up for, None where there are none."""
    if schedule.next_billing_date is None or schedule.next_billing_date > day:
        return None
    dates = _Dates(schedule, account)
    index = dates.timetable.on_or_after(schedule.next_billing_date)
    return dates.skip(index, dates.timetable.last_until(day), "catch_up")


def due_instant(schedule: RecurringInvoice, account: Account) -> datetime | None:
    """Return the instant from which the next date is due, None where there is none."""
    if schedule.next_billing_date is None:
        return None
    dates = _Dates(schedule, account)
    return dates.due_at(dates.timetable.on_or_after(schedule.next_billing_date))


def has_date_in(schedule: RecurringInvoice, account: Account, pause: Pause) -> bool:
    """Whether a pause that has ended covers a date that is not settled yet."""
    due_at = due_instant(schedule, account)
    if due_at is None or pause.until is None or due_at > pause.until:
        return False
    dates = _Dates(schedule, account)
    last = dates.last_due(pause.until, dates.timetable.on_or_after(schedule.next_billing_date or schedule.begins))
    return pause.covers(dates.due_at(last))


def is_late(occurrence: Occurrence, now: datetime) -> bool:
    """Whether an invoice is made later than a working engine makes it."""
    return now - occurrence.due_at > ON_TIME


class _Dates:
    """The dates of a schedule as instants of its account."""

    def __init__(self, schedule: RecurringInvoice, account: Account) -> None:
        self.schedule, self.account = schedule, account
        self.timetable = schedule.timetable

    def due_at(self, index: int) -> datetime:
        """Return the instant from which a date is due."""
        return local_instant(self._moved(self._date(index)), self.schedule.send_at, self.account.time_zone)

    def last_due(self, until: datetime, at_least: int) -> int:
        """Return the number of the last date that is due by an instant, ``at_least`` where none is."""
        index = self.timetable.last_until(days_after(today(until, self.account.time_zone), FURTHEST + 1))
        while index > at_least and self.due_at(index) > until:
            index -= 1
        return max(index, at_least)

    def skip(self, first: int, last: int, reason: SkipReason) -> Skipped:
        """Return dates that are skipped, by their numbers."""
        return Skipped(
            first=self._date(first),
            last=self._date(last),
            count=last - first + 1,
            reason=reason,
            next=self.timetable.at(last + 1),
        )

    def occurrence(self, index: int, now: datetime) -> Occurrence:
        """Return a date whose invoice is made now.

        On time it is dated on the day for which it was planned, even if midnight has passed.
        """
        schedule, nominal, due_at = self.schedule, self._date(index), self.due_at(index)
        planned, made_on = self._moved(nominal), today(now, self.account.time_zone)
        late = now - due_at > ON_TIME
        return Occurrence(
            occurrence_date=nominal,
            due_at=due_at,
            invoice_id=invoice_id_of(schedule.id, nominal),
            number=schedule.invoices_generated + 1,
            period=self.timetable.period(index),
            share=self.timetable.share(index),
            issue_date=made_on if late and schedule.catch_up_dates == "today" else planned,
            counted_from=made_on if late else planned,
        )

    def _moved(self, nominal: date) -> date:
        return moved(nominal, self.schedule.business_days, self.account.weekend, self.schedule.start_date)

    def _date(self, index: int) -> date:
        found = self.timetable.at(index)
        if found is None:
            raise LookupError(f"the schedule {self.schedule.id} has no date {index}")
        return found


def _pauses(schedule: RecurringInvoice, now: datetime) -> tuple[Pause, ...]:
    """Return the pauses; one that began under a test clock, deleted since, at an instant to come covers all until then.

    Otherwise a schedule would make invoices although it is paused.
    """
    since = schedule.paused_at
    if since is None:
        return schedule.pauses
    since = ALWAYS if since > now + AHEAD else since
    return (*schedule.pauses, Pause(since, None, schedule.pause_reason or "paused"))


def _last_missed(dates: _Dates, index: int, now: datetime, horizon: datetime) -> int:
    """Return the number of the last date that was missed and is not made up for, below ``index`` where none was.

    What has waited since ``held_until`` was not missed.
    """
    schedule, missed_by = dates.schedule, now - ON_TIME
    waited = schedule.held_until is not None and schedule.held_until >= missed_by
    if schedule.catch_up == "all" or waited or dates.due_at(index) > missed_by:
        return index - 1
    last_missed = dates.last_due(min(missed_by, horizon), index)
    if schedule.catch_up == "none":
        return last_missed
    return min(last_missed, dates.last_due(horizon, index) - 1)
