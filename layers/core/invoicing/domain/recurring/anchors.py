"""The anchors of a rule: the civil dates on which its periods begin, numbered from the first.

Each is worked out from the first, never from the one before, so that a short month shortens nothing after it.
"""

from calendar import monthrange
from datetime import date
from typing import NamedTuple

from invoicing.domain.calendar import WEEKDAYS
from invoicing.domain.recurring.rule import DAYS, LAST, MONTHS, Rule

LAST_DATE = date(9998, 12, 31)
"""No period begins later: every instant of it exists in every time zone."""


class DayAnchors(NamedTuple):
    """Anchors every ``step`` days; ``first`` is an ordinal."""

    first: int
    step: int

    def at(self, index: int) -> date | None:
        """Return an anchor, None after `LAST_DATE`."""
        ordinal = self.first + index * self.step
        return date.fromordinal(ordinal) if ordinal <= LAST_DATE.toordinal() else None

    def on_or_after(self, day: date) -> int:
        """Return the index of the first anchor on or after a date, below 0 where that is before ``first``."""
        return -((self.first - day.toordinal()) // self.step)


class MonthAnchors(NamedTuple):
    """Anchors every ``step`` months, on a ``day`` or the last one of a shorter month; ``first`` counts months."""

    first: int
    step: int
    day: int

    def at(self, index: int) -> date | None:
        """Return an anchor, None after `LAST_DATE`."""
        return _day_of_month(self.first + index * self.step, self.day)

    def on_or_after(self, day: date) -> int:
        """Return the index of the first anchor on or after a date, below 0 where that is before ``first``."""
        index = -((self.first - _month_of(day)) // self.step)
        found = self.at(index)
        return index + 1 if found is not None and found < day else index


type Anchors = DayAnchors | MonthAnchors


def anchors_of(rule: Rule, start_date: date, begins: date) -> Anchors:
    """Return the anchors of a rule from the first on or after ``begins``; ``start_date`` has the day without an own.

    Quarters and years with a ``day`` of their own that are prorated are those of the calendar: their first period is a
    part of one.
    """
    if days := DAYS.get(rule.frequency):
        first = begins.toordinal()
        if rule.frequency == "weekly":
            weekday = WEEKDAYS.index(rule.weekday) if rule.weekday else start_date.weekday()
            first += (weekday - begins.weekday()) % 7
        return DayAnchors(first, days * rule.interval)
    months = MONTHS[rule.frequency]
    day = 31 if rule.day == LAST else rule.day or start_date.day
    every, offset = 1, 0
    if rule.proration != "none" and rule.day is not None:
        every, offset = months, months - 1 if rule.day == LAST else 0
    possible = MonthAnchors(offset, every, day)
    first = offset + every * possible.on_or_after(begins)
    return MonthAnchors(first, months * rule.interval, day)


def _month_of(day: date) -> int:
    return day.year * 12 + day.month - 1


def _day_of_month(months: int, day: int) -> date | None:
    year, month = divmod(months, 12)
    if year > LAST_DATE.year:
        return None
    return date(year, month + 1, min(day, monthrange(year, month + 1)[1]))
