"""The dates of recurring invoices once more, by looking at every day; it shares no code with the product."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

NAMES = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Repeat:
    """A rule as a client says it."""

    frequency: str
    interval: int = 1
    day: int | str | None = None
    weekday: str | None = None


def anchors(repeat: Repeat, start: date, begins: date, end: date) -> Iterator[date]:
    """Look at every day from ``begins`` to ``end``: is it one that the rule can fall on, and how far is the first?"""
    months = {"monthly": 1, "quarterly": 3, "yearly": 12}.get(repeat.frequency)
    first: date | None = None
    today = begins
    while today <= end:
        if months is None:
            each = 7 if repeat.frequency == "weekly" else 1
            fits = each == 1 or NAMES[today.weekday()] == (repeat.weekday or NAMES[start.weekday()])
            if fits and (first is None or (today - first).days % (each * repeat.interval) == 0):
                first = first or today
                yield today
        else:
            length = monthrange(today.year, today.month)[1]
            wanted = repeat.day or start.day
            fits = today.day == (length if wanted == "last" else min(int(wanted), length))
            passed = 0 if first is None else (today.year - first.year) * 12 + today.month - first.month
            if fits and passed % (months * repeat.interval) == 0:
                first = first or today
                yield today
        today += DAY


@cache
def instant(day: date, hour: int, minute: int, zone: str) -> datetime:
    """The first instant at which clocks show a time; a time they skip is read as if they had not been changed yet."""
    wall = datetime(day.year, day.month, day.day, hour, minute)  # noqa: DTZ001 - what clocks show
    offsets = [ZoneInfo(zone).utcoffset(wall + shift) or timedelta() for shift in (-2 * DAY, 2 * DAY)]
    for offset in sorted(offsets, reverse=True):
        at = (wall - offset).replace(tzinfo=UTC)
        if at.astimezone(ZoneInfo(zone)).replace(tzinfo=None) == wall:
            return at
    return (wall - offsets[0]).replace(tzinfo=UTC)
