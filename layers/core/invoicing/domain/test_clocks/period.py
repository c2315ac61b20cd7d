"""Periods by which a test clock is advanced: ISO 8601 durations."""

import re
from dataclasses import field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from invoicing.dataclass import dataclass
from invoicing.domain.calendar import local_instant, months_after

_PARTS = re.compile(
    r"P(?=.)(?:(\d{1,3})Y)?(?:(\d{1,4})M)?(?:(\d{1,4})W)?(?:(\d{1,5})D)?"
    r"(?:T(?=.)(?:(\d{1,6})H)?(?:(\d{1,8})M)?(?:(\d{1,9})S)?)?"
)


@dataclass(frozen=True, slots=True)
class Period:
    """Calendar months and days, and after these an exact time."""

    months: int = 0
    days: int = 0
    time: timedelta = field(default=timedelta())


LONGEST_ADVANCE = Period(months=24)


def period_of(text: str) -> Period:
    """Read an ISO 8601 duration of whole numbers, such as ``P1M`` or ``P1DT12H``; `ValueError` for any other text."""
    found = _PARTS.fullmatch(text)
    if found is None or not text.isascii():
        raise ValueError(f"no duration: {text!r}")
    years, months, weeks, days, hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return Period(12 * years + months, 7 * weeks + days, timedelta(hours=hours, minutes=minutes, seconds=seconds))


def after(instant: datetime, period: Period, time_zone: str) -> datetime | None:
    """Return the instant a period later, None after the year 9999.

    Months and days are added to the local date, at the same local time (`local_instant`; a month that is too short has
    its last day); the time is then added to the instant.
    """
    try:
        if period.months or period.days:
            local = instant.astimezone(ZoneInfo(time_zone)).replace(tzinfo=None)
            local = months_after(local, period.months) + timedelta(days=period.days)
            instant = local_instant(local.date(), local.time(), time_zone)
        return instant + period.time
    except (ValueError, OverflowError):
        return None
