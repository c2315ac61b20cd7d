"""Sums of amounts by date, in a bounded number of periods: days, and older days merged into months and years."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date
from itertools import groupby

from invoicing.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class PeriodSums:
    """The sums of two amounts over a period, both days included; mostly one day."""

    first: date
    last: date
    sums: tuple[int, int]


_UNITS: tuple[Callable[[PeriodSums], object], ...] = (
    lambda period: (period.first.year, period.first.month),
    lambda period: period.first.year,
    lambda _: None,
)
"""What old periods are merged by, one after the other, while there are too many."""


def added(
    periods: tuple[PeriodSums, ...], changes: Iterable[tuple[date, int, int]], most: int | None = None
) -> tuple[PeriodSums, ...]:
    """Add amounts by their dates; the result has at most ``most`` periods, at least 4, in order and without overlaps.

    A day whose sums are 0 is left out. A period of more days stays, whatever its sums: parts of it may have other sums.
    """
    days: dict[date, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for day, first, second in changes:
        before = days[day]
        days[day] = before[0] + first, before[1] + second
    found = list(periods)
    begins = [period.first for period in periods]
    for day, sums in days.items():
        place = bisect_right(begins, day) - 1
        if place >= 0 and day <= periods[place].last:
            found[place] = _sum([found[place], PeriodSums(day, day, sums)])
        else:
            found.append(PeriodSums(day, day, sums))
    kept = [period for period in found if any(period.sums) or period.first != period.last]
    return _bounded(tuple(sorted(kept, key=lambda period: period.first)), most)


def cut_by(periods: Iterable[PeriodSums], day: date) -> date:
    """Return the first day of the period in whose middle a day begins, or the day itself: sums end before it."""
    return next((period.first for period in periods if period.first < day <= period.last), day)


def total(periods: Iterable[PeriodSums], *, before: date | None = None) -> tuple[int, int]:
    """Return the sums of all periods or, with ``before``, of those that end earlier."""
    found = [period.sums for period in periods if before is None or period.last < before]
    return sum(first for first, _ in found), sum(second for _, second in found)


def _bounded(periods: tuple[PeriodSums, ...], most: int | None) -> tuple[PeriodSums, ...]:
    """Merge all but the newest half of ``most`` periods, no more than necessary."""
    for unit in _UNITS:
        if most is None or len(periods) <= most:
            break
        old, new = periods[: -(most // 2)], periods[-(most // 2) :]
        periods = (*(_sum(list(group)) for _, group in groupby(old, unit)), *new)
    return periods


def _sum(periods: list[PeriodSums]) -> PeriodSums:
    return PeriodSums(min(period.first for period in periods), max(period.last for period in periods), total(periods))
