"""Business days: where a date that falls on a weekend is moved to. There are no holidays."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Literal

from invoicing.domain.calendar import WEEKDAYS, Weekday

BusinessDays = Literal["none", "next", "previous", "modified_next"]
"""Not moved; to the next or previous business day; to the next, but to the previous where that is another month."""

FURTHEST = 6
"""The most days that a date is moved by: a week has at least one business day."""


def moved(day: date, to: BusinessDays, weekend: Sequence[Weekday], start_date: date) -> date:
    """Return the business day of a nominal date, never before ``start_date``, which then is a day of the weekend."""
    if to == "none":
        return day
    found = _business_day(day, -1 if to == "previous" else 1, weekend)
    if to == "modified_next" and found.month != day.month:
        found = _business_day(day, -1, weekend)
    return max(found, min(day, start_date))


def _business_day(day: date, step: int, weekend: Sequence[Weekday]) -> date:
    for days in range(FURTHEST + 1):
        found = day + timedelta(days=step * days)
        if WEEKDAYS[found.weekday()] not in weekend:
            return found
    return day
