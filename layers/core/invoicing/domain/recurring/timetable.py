"""The dates of a recurring invoice, and the period of each."""

from datetime import date, timedelta
from functools import cached_property
from typing import NamedTuple

from invoicing.dataclass import dataclass
from invoicing.domain.calendar import days_after
from invoicing.domain.recurring.anchors import LAST_DATE, Anchors, anchors_of
from invoicing.domain.recurring.rule import Rule

_DAY = timedelta(days=1)


class Period(NamedTuple):
    """Days from ``start`` to ``end``, both included."""

    start: date
    end: date

    @property
    def days(self) -> int:
        """The number of days."""
        return (self.end - self.start).days + 1


class Share(NamedTuple):
    """The part of a period that is charged: ``days`` of all its days."""

    days: int
    of: int


@dataclass(frozen=True, kw_only=True)
class Timetable:
    """The dates of a rule, numbered from 0; they are nominal, before any move to a business day.

    Period 0 begins with the first anchor on or after ``begins`` or, where the first one is prorated, with the start
    date itself. An invoice in arrears has the date after its period, any other the first of it. No period begins after
    ``end_date``.
    """

    rule: Rule
    start_date: date
    begins: date
    end_date: date | None = None

    def at(self, index: int) -> date | None:
        """Return a date, None where the timetable has ended."""
        start = self._boundary(index)
        if start is None or (self.end_date is not None and start > self.end_date):
            return None
        return self._boundary(index + self._arrears)

    def on_or_after(self, day: date) -> int:
        """Return the number of the first date on or after a civil date."""
        return max(self._index(day) - self._arrears, 0)

    def last_until(self, day: date) -> int:
        """Return the number of the last date on or before a civil date, -1 where there is none."""
        index = self._index(day + _DAY) - self._arrears - 1
        if self.end_date is not None:
            index = min(index, self._index(self.end_date + _DAY) - 1)
        return max(index, -1)

    def start(self, index: int) -> date:
        """Return the first day of a period."""
        return self._boundary(index) or LAST_DATE

    def period(self, index: int) -> Period:
        """Return the days that an invoice is for, those of a prorated last period up to ``end_date``."""
        start, following = self.start(index), self._boundary(index + 1)
        end = following - _DAY if following else LAST_DATE
        if self.rule.proration == "first_and_last" and self.end_date is not None:
            end = min(end, self.end_date)
        return Period(start, end)

    def share(self, index: int) -> Share | None:
        """Return the part of a whole period that is charged, None for all of it."""
        if self.rule.proration == "none":
            return None
        whole_start = self._whole_start if index == 0 else self.start(index)
        following = self._boundary(index + 1) or days_after(LAST_DATE, 1)
        share = Share(self.period(index).days, (following - whole_start).days)
        return None if share.days == share.of else share

    @cached_property
    def _anchors(self) -> Anchors:
        return anchors_of(self.rule, self.start_date, self.begins)

    @cached_property
    def _has_own_start(self) -> bool:
        """Whether the first period begins before the first anchor."""
        is_prorated = self.rule.proration != "none" and self.begins == self.start_date
        return is_prorated and self._anchors.at(0) != self.begins

    @property
    def _whole_start(self) -> date:
        """The first day of the whole period that the first one is, or is a part of."""
        return self._anchors.at(-1 if self._has_own_start else 0) or LAST_DATE

    @property
    def _arrears(self) -> int:
        return int(self.rule.billing == "in_arrears")

    def _boundary(self, index: int) -> date | None:
        if self._has_own_start:
            return self.begins if index == 0 else self._anchors.at(index - 1)
        return self._anchors.at(index)

    def _index(self, day: date) -> int:
        """Return the number of the first period that begins on or after a civil date."""
        if self._has_own_start:
            return 0 if day <= self.begins else max(self._anchors.on_or_after(day), 0) + 1
        return max(self._anchors.on_or_after(day), 0)
