"""Periods of a report: civil dates of the account, cut into weeks, months, quarters or years."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from typing import Literal, NamedTuple

from invoicing.domain.calendar import days_after, week_of

Interval = Literal["day", "week", "month", "quarter", "year"]

_MONTHS_OF_A_QUARTER = 3


class ReportPeriod(NamedTuple):
    """A part of a report's period, both days included; ``name`` is that of the whole day, week, month and so on."""

    name: str
    start: date
    end: date


def periods(start: date, end: date, interval: Interval) -> Iterator[ReportPeriod]:
    """Yield the periods from ``start`` to ``end``, which cut the first and the last. Weeks are those of ISO 8601."""
    first = start
    while first <= end:
        last = min(_last(first, interval), end)
        yield ReportPeriod(_name(first, interval), first, last)
        if last == date.max:
            return
        first = days_after(last, 1)


def week_name(day: date) -> str:
    """Return the name of the ISO week of a day, such as 2026-W53."""
    year, week, _ = day.isocalendar()
    return f"{year:04}-W{week:02}"


def twelve_months_before(end: date) -> date:
    """Return the first day of the twelve months of which that of ``end`` is the last."""
    year, month = divmod(12 * end.year + end.month - 12, 12)
    return date(year, month + 1, 1) if year else date.min


def _last(day: date, interval: Interval) -> date:
    match interval:
        case "day":
            return day
        case "week":
            return days_after(week_of(day), 6)
        case "month":
            return _end_of_month(day.year, day.month)
        case "quarter":
            return _end_of_month(day.year, _quarter(day) * _MONTHS_OF_A_QUARTER)
        case "year":
            return date(day.year, 12, 31)


def _name(day: date, interval: Interval) -> str:
    match interval:
        case "day":
            return day.isoformat()
        case "week":
            return week_name(day)
        case "month":
            return f"{day.year:04}-{day.month:02}"
        case "quarter":
            return f"{day.year:04}-Q{_quarter(day)}"
        case "year":
            return f"{day.year:04}"


def _quarter(day: date) -> int:
    return (day.month - 1) // _MONTHS_OF_A_QUARTER + 1


def _end_of_month(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])
