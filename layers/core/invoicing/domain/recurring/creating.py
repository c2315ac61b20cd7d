"""New schedules: what is wrong with one, its first date, and a start in the past."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

from invoicing.domain.calendar import today
from invoicing.domain.errors import Detail, ValidationFailed
from invoicing.domain.parties.account import Account
from invoicing.domain.recurring import rule as rules
from invoicing.domain.recurring.occurrences import Skipped, skip_until
from invoicing.domain.recurring.placeholders import wrong_in_content
from invoicing.domain.recurring.progress import settled
from invoicing.domain.recurring.recurring_invoice import RecurringInvoice
from invoicing.domain.warnings import InputWarning

FIRST_DATE = date(1970, 1, 1)
MOST_OCCURRENCES = 100_000


def started(
    schedule: RecurringInvoice, account: Account, now: datetime, *, catches_up: bool
) -> tuple[RecurringInvoice, Skipped | None]:
    """Return a new schedule at its first date, and the dates before tomorrow that are not made up for.

    ``catches_up`` says that the client has said what becomes of dates that have passed. `ValidationFailed` for an
    impossible schedule (`problems`), and ``CATCH_UP_REQUIRED`` for a start date before today.
    """
    require_possible(schedule)
    today_there = today(now, account.time_zone)
    if schedule.start_date < today_there and not catches_up:
        message = (
            "catch_up is required, since start_date is in the past: all makes an invoice for each date since, "
            "latest for the last one, none for dates from tomorrow on."
        )
        raise ValidationFailed(Detail("catch_up", message, "CATCH_UP_REQUIRED"))
    first = schedule.timetable.at(0)
    if first is None:
        raise _never(schedule, f"end_date must not be before {_first_anchor(schedule)}, the first date.")
    begun = replace(schedule, next_billing_date=first)
    passed = None
    if schedule.catch_up == "none" and schedule.start_date < today_there:
        passed = skip_until(begun, account, today_there)
    if passed:
        begun = replace(begun, next_billing_date=passed.next)
    if begun.next_billing_date is None:
        raise _never(schedule, f"end_date leaves no date after today, {today_there}.")
    return settled(begun, account), passed


def require_possible(schedule: RecurringInvoice) -> None:
    """Raise `ValidationFailed` for what is wrong in a schedule, whatever its dates are."""
    if found := [*_problems(schedule)]:
        raise ValidationFailed(*found)


def passed_dates(schedule: RecurringInvoice, account: Account, now: datetime) -> int:
    """Return for how many dates, up to and including today, invoices are still to be made."""
    timetable, following = schedule.timetable, schedule.next_billing_date
    if following is None:
        return 0
    last = timetable.last_until(today(now, account.time_zone))
    count = max(last - timetable.on_or_after(following) + 1, 0)
    if schedule.max_occurrences is not None:
        count = min(count, schedule.max_occurrences - schedule.invoices_generated)
    return count


def catch_up_warning(schedule: RecurringInvoice, account: Account, now: datetime) -> InputWarning | None:
    """Return the warning of a schedule with a start in the past that all dates are made up for, and how many."""
    is_past = schedule.start_date < today(now, account.time_zone)
    count = passed_dates(schedule, account, now) if is_past and schedule.catch_up == "all" else 0
    if not count:
        return None
    dates = "1 date has" if count == 1 else f"{count:,} dates have"
    invoices = "an invoice" if count == 1 else f"{count:,} invoices"
    message = f"{dates} passed since {schedule.next_billing_date}: {invoices} will be made for them."
    return InputWarning("catch_up", "PAST_DATES", message)


def _problems(schedule: RecurringInvoice) -> Iterator[Detail]:
    yield from rules.problems(schedule.rule)
    for name, day in (("start_date", schedule.start_date), ("end_date", schedule.end_date)):
        if day is not None and day < FIRST_DATE:
            yield Detail(name, f"{name} must not be before {FIRST_DATE}.", "DATE_INVALID", day.isoformat())
    if schedule.max_occurrences is not None and not 1 <= schedule.max_occurrences <= MOST_OCCURRENCES:
        message = f"max_occurrences must be from 1 to {MOST_OCCURRENCES:,}."
        yield Detail("max_occurrences", message, "VALUE_INVALID", schedule.max_occurrences)
    if schedule.business_days != "none" and schedule.rule.frequency == "daily":
        message = "business_days must be none with frequency daily."
        yield Detail("business_days", message, "VALUE_INVALID", schedule.business_days)
    yield from wrong_in_content(schedule.content)
    for planned in schedule.planned:
        yield from wrong_in_content(planned.content)


def _first_anchor(schedule: RecurringInvoice) -> date:
    return replace(schedule, end_date=None).timetable.start(0)


def _never(schedule: RecurringInvoice, message: str) -> ValidationFailed:
    if schedule.end_date is None:
        detail = Detail("start_date", "start_date is too late.", "DATE_INVALID", schedule.start_date.isoformat())
    else:
        detail = Detail("end_date", message, "DATE_INVALID", schedule.end_date.isoformat())
    return ValidationFailed(detail)
