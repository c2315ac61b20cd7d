"""The schedule of a recurring invoice: what recurs, when, and how far it has come."""

from dataclasses import field, replace
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any, Literal, NamedTuple

from invoicing.dataclass import dataclass
from invoicing.domain.due_work import DueWork, Work
from invoicing.domain.errors import Conflict
from invoicing.domain.invoices.drafting import NewInvoice
from invoicing.domain.recurring.business_days import BusinessDays
from invoicing.domain.recurring.rule import Rule
from invoicing.domain.recurring.timetable import Timetable

OnGenerate = Literal["draft", "issue", "send"]
"""What becomes of an invoice when it is made."""

CatchUp = Literal["all", "latest", "none"]
"""Which of the dates that were missed are made up for."""

CatchUpDates = Literal["today", "occurrence"]
"""Whether an invoice that is made late has the date of that day, or the one it would have had."""

PauseReason = Literal["paused", "customer_archived"]


class RecurringStatus(StrEnum):
    """The states of a recurring invoice, as the API names them."""

    ACTIVE = "active"
    PAUSED = "paused"
    CANCELLED = "cancelled"
    COMPLETED = "completed"


RUNNING = frozenset({RecurringStatus.ACTIVE, RecurringStatus.PAUSED})
"""The states in which dates still pass."""


class Pause(NamedTuple):
    """Dates that fall due after ``since`` and up to ``until`` are skipped; None where it has not ended."""

    since: datetime
    until: datetime | None
    reason: PauseReason

    def covers(self, instant: datetime) -> bool:
        """Whether what falls due at an instant is skipped."""
        return self.since < instant and (self.until is None or instant <= self.until)


class PlannedContent(NamedTuple):
    """What invoices have in them that are dated on or after a day."""

    effective_from: date
    content: NewInvoice


class Burst(NamedTuple):
    """How many invoices were made since an instant, shortly after each other."""

    since: datetime
    made: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GenerationError:
    """Why the invoice of a date could not be made; ``reported`` are the codes that an event has told of."""

    code: str
    message: str
    occurrence_date: date
    at: datetime
    reported: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RecurringInvoice:
    """A schedule that makes invoices for a customer; dates are nominal, before any move to a business day.

    ``begins`` is where the rule begins: the start date or, after a change of the rule, the first day that no earlier
    date was for. ``next_billing_date`` is the first date that is neither made nor skipped, None when there is none any
    more; everything before it is settled for good. ``next_at`` is when to look at it. ``held_until`` puts that off,
    after a failure and between two bursts: what fell due before has waited, and was not missed.

    ``customer_version`` is the customer's when the schedule was created or last resumed: an archiving since then pauses
    it, whenever that is seen.

    ``content`` is what the next invoice has in it, ``planned`` what later ones have, by date. ``paused_at`` is set
    while paused; ``pauses`` are those that have ended and cover dates that are not settled yet. ``page_url`` is the
    address of hosted pages, which only requests know.
    """

    account: str
    id: str
    version: int
    sequence: int = field(default=0, compare=False)  # an event alone is no change
    status: RecurringStatus = RecurringStatus.ACTIVE
    customer_id: str
    customer_version: int = 0
    content: NewInvoice
    planned: tuple[PlannedContent, ...] = ()
    rule: Rule
    start_date: date
    begins: date
    end_date: date | None = None
    max_occurrences: int | None = None
    send_at: time = time(9)
    business_days: BusinessDays = "none"
    on_generate: OnGenerate = "send"
    catch_up: CatchUp = "all"
    catch_up_dates: CatchUpDates = "today"
    next_billing_date: date | None
    next_at: datetime | None = None
    held_until: datetime | None = None
    burst: Burst | None = None
    invoices_generated: int = 0
    last_invoice_id: str | None = None
    last_occurrence_date: date | None = None
    last_error: GenerationError | None = None
    attempts: int = 0
    paused_at: datetime | None = None
    pause_reason: PauseReason | None = None
    pauses: tuple[Pause, ...] = ()
    page_url: str
    created_at: datetime
    updated_at: datetime

    @property
    def timetable(self) -> Timetable:
        """The dates that this schedule has had and will have by its present rule."""
        return Timetable(rule=self.rule, start_date=self.start_date, begins=self.begins, end_date=self.end_date)

    def content_on(self, day: date) -> NewInvoice:
        """Return what the invoice of a date has in it."""
        planned = (each.content for each in reversed(self.planned) if each.effective_from <= day)
        return next(planned, self.content)


def due_work_of(schedule: RecurringInvoice) -> DueWork | None:
    """Return the next work of a schedule, None when it waits for nothing."""
    return DueWork(schedule.next_at, Work.OCCURRENCE) if schedule.next_at else None


def changed(schedule: RecurringInvoice, now: datetime, **values: Any) -> RecurringInvoice:
    """Return the schedule with new values, as its next version."""
    return replace(schedule, version=schedule.version + 1, updated_at=now, **values)


def require_status(schedule: RecurringInvoice, action: str, *allowed: RecurringStatus) -> None:
    """Raise `Conflict` ``INVALID_RECURRING_STATE`` unless the schedule has one of the statuses."""
    if schedule.status not in allowed:
        message = f"Cannot {action} a recurring invoice that is {schedule.status}."
        raise Conflict("INVALID_RECURRING_STATE", message, status=str(schedule.status))
