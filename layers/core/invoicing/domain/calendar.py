"""Instants in UTC, and civil dates in an account's time zone."""

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def instant_text(instant: datetime) -> str:
    """Write an instant in UTC to the millisecond, as responses and events show it; texts sort by time."""
    return instant.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def days_after(day: date, days: int) -> date:
    """Return the date so many days later, the last day of the year 9999 at the latest."""
    return date.fromordinal(min(day.toordinal() + days, date.max.toordinal()))


def week_of(day: date) -> date:
    """Return the Monday of the ISO week of a civil date."""
    return day - timedelta(days=day.weekday())


def months_after(instant: datetime, months: int) -> datetime:
    """Return the instant so many months later, at the end of a month that is too short for its day."""
    years, month = divmod(instant.month - 1 + months, 12)
    year = instant.year + years
    return instant.replace(year=year, month=month + 1, day=min(instant.day, monthrange(year, month + 1)[1]))


def today(now: datetime, time_zone: str) -> date:
    """The civil date of an instant in an IANA time zone."""
    return now.astimezone(ZoneInfo(time_zone)).date()


def local_instant(day: date, at: time, time_zone: str) -> datetime:
    """Return the instant of a civil time in an IANA time zone.

    A time that does not exist is read with the offset before the gap, so 02:30 becomes 03:30; of one that exists twice
    it is the first (RFC 5545, 3.3.5).
    """
    return datetime.combine(day, at.replace(fold=0), ZoneInfo(time_zone)).astimezone(UTC)


def start_of_day(day: date, time_zone: str) -> datetime:
    """Return the first instant of a civil date; of a date that a time zone skipped, that of the next one.

    Of the first of all dates it is the first of all instants, where the date began before it.
    """
    try:
        return local_instant(day, time.min, time_zone)
    except OverflowError:
        return datetime.min.replace(tzinfo=UTC)


def end_of_day(day: date, time_zone: str) -> datetime:
    """Return the first instant after a civil date, the last of all instants for the last of all dates."""
    if day == date.max:
        return datetime.max.replace(tzinfo=UTC)
    return start_of_day(day + timedelta(days=1), time_zone)
