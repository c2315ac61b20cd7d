"""Changes of a schedule: they apply to dates on or after the next one."""

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date, datetime
from typing import Any

from invoicing.domain.errors import Conflict, Detail, ValidationFailed
from invoicing.domain.invoices.changing import with_values
from invoicing.domain.invoices.drafting import NewInvoice
from invoicing.domain.invoices.particulars import changed_particulars
from invoicing.domain.parties.account import Account
from invoicing.domain.recurring.creating import require_possible, started
from invoicing.domain.recurring.lifecycle import Moved
from invoicing.domain.recurring.progress import settled
from invoicing.domain.recurring.recurring_invoice import (
    PlannedContent,
    RecurringInvoice,
    RecurringStatus,
    changed,
    require_status,
)
from invoicing.domain.recurring.rule import Rule

MOST_PLANNED = 12
"""The most changes of content that a schedule plans ahead."""

RULE = frozenset(each.name for each in fields(Rule))
CONTENT = frozenset(each.name for each in fields(NewInvoice))
OWN = frozenset(
    {
        "start_date", "end_date", "max_occurrences", "send_at", "business_days", "on_generate", "catch_up",
        "catch_up_dates",
    }
)  # fmt: skip
"""The fields that can be changed: of the rule, of the invoices to be, and of the schedule itself."""


def change(
    schedule: RecurringInvoice,
    values: Mapping[str, Any],
    account: Account,
    now: datetime,
    *,
    effective_from: date | None = None,
) -> Moved:
    """Return the schedule with new values, by the names of fields in `RULE`, `CONTENT` and `OWN`.

    A `Merge` changes a nested value. The same schedule when nothing changes. Content applies to dates on or after
    ``effective_from``, without it to all that are not settled. A new rule begins with its first date on or after the
    next one. `Conflict` for a schedule that has ended, and ``START_DATE_FIXED`` once an invoice was made;
    `ValidationFailed` as `started`.
    """
    require_status(schedule, "change", RecurringStatus.ACTIVE, RecurringStatus.PAUSED)
    own = {name: value for name, value in values.items() if name in OWN}
    rule = replace(schedule.rule, **{name: value for name, value in values.items() if name in RULE})
    content = {name: value for name, value in values.items() if name in CONTENT}
    after = _with_content(replace(schedule, **own, rule=rule), content, effective_from)
    if after == schedule:
        return schedule, ()
    require_possible(after)
    after = changed(after, now)
    if schedule.attempts:
        after = replace(after, attempts=0, held_until=now)
    if after.start_date != schedule.start_date:
        return _restarted(after, account, now, catches_up="catch_up" in values)
    if rule != schedule.rule:
        after = _with_new_rule(after, schedule)
    elif (following := after.next_billing_date) is not None:
        timetable = after.timetable
        after = replace(after, next_billing_date=timetable.at(timetable.on_or_after(following)))
    return settled(after, account), ()


def changed_fields(before: RecurringInvoice, after: RecurringInvoice) -> list[str]:
    """Return the fields that differ, as the API names them."""
    parts = ((before.rule, after.rule, RULE), (before, after, OWN), (before.content, after.content, CONTENT))
    found = {name for old, new, names in parts for name in names if getattr(old, name) != getattr(new, name)}
    if "particulars" in found:
        found = found - {"particulars"} | {*changed_particulars(before.content.particulars, after.content.particulars)}
    if before.planned != after.planned:
        found |= {"planned"}
    return sorted("items" if name == "lines" else name for name in found)


def _restarted(schedule: RecurringInvoice, account: Account, now: datetime, *, catches_up: bool) -> Moved:
    if schedule.invoices_generated:
        message = "start_date cannot be changed any more, since an invoice was made; create another recurring invoice."
        raise Conflict("START_DATE_FIXED", message)
    # Pauses that have ended are those of other dates.
    restarted = replace(schedule, begins=schedule.start_date, pauses=())
    begun, passed = started(restarted, account, now, catches_up=catches_up)
    return begun, (passed,) if passed else ()


def _with_new_rule(after: RecurringInvoice, before: RecurringInvoice) -> RecurringInvoice:
    """Return the schedule at the first date of its new rule on or after the next one of the old rule.

    The new rule begins with the first day that no earlier date was for, so that no period is invoiced twice.
    """
    following = before.next_billing_date
    if following is None:
        return after
    old = before.timetable
    begun = replace(after, begins=old.start(old.on_or_after(following)))
    new = begun.timetable
    return replace(begun, next_billing_date=new.at(new.on_or_after(following)))


def _with_content(
    schedule: RecurringInvoice, content: Mapping[str, Any], effective_from: date | None
) -> RecurringInvoice:
    """Return the schedule with new values in the content of all dates from ``effective_from`` on, of all without it."""
    if not content:
        return schedule
    following = schedule.next_billing_date
    if effective_from is None or (following is not None and effective_from <= following):
        current = with_values(schedule.content, content)
        planned = [PlannedContent(begins, with_values(each, content)) for begins, each in schedule.planned]
        return replace(schedule, content=current, planned=_distinct(current, planned))
    by_date = {each.effective_from: each.content for each in schedule.planned}
    by_date.setdefault(effective_from, schedule.content_on(effective_from))
    planned = [
        PlannedContent(begins, with_values(each, content) if begins >= effective_from else each)
        for begins, each in sorted(by_date.items())
    ]
    distinct = _distinct(schedule.content, planned)
    if len(distinct) > MOST_PLANNED:
        message = f"effective_from plans more than {MOST_PLANNED} changes ahead."
        raise ValidationFailed(Detail("effective_from", message, "TOO_MANY", effective_from.isoformat()))
    return replace(schedule, planned=distinct)


def _distinct(content: NewInvoice, planned: list[PlannedContent]) -> tuple[PlannedContent, ...]:
    """Return what is planned without plans that change nothing."""
    found: list[PlannedContent] = []
    for each in planned:
        if each.content != (found[-1].content if found else content):
            found.append(each)
    return tuple(found)
