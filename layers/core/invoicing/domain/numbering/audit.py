"""Audit of number series: no number may be missing or given twice, and numbers follow the dates of their documents.

An audit goes through the numbers in parts, in the order of series, periods and values; a part begins where the one
before it ended.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import islice, pairwise
from typing import NamedTuple

from invoicing.dataclass import dataclass
from invoicing.domain.numbering.series import NumberSeries

MOST_FAULTS = 1000
"""The most faults of each kind listed for a period in one part."""


class AssignedNumber(NamedTuple):
    """A number with its place in its series; a client's own number has neither series nor period, and the value 0."""

    series: str | None
    period: str | None
    value: int
    number: str
    issue_date: date | None

    @property
    def place(self) -> tuple[bool, str, str, int, str]:
        """The place in an audit: equal for numbers of one value, and behind all others for a client's own number."""
        if self.series is None or self.period is None:
            return True, "", "", 0, self.number
        return False, self.series, self.period, self.value, ""


class OutOfOrder(NamedTuple):
    """A number whose document is dated before that of a lower number of its period, ``after``."""

    number: str
    issue_date: date
    after: str
    after_date: date


class AuditPosition(NamedTuple):
    """The last number of a part, and the one with the latest date in its period so far."""

    last: AssignedNumber
    latest: AssignedNumber | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodAudit:
    """A series in one period, or a part of it; ``gaps`` and ``duplicates`` are values."""

    series: str
    period: str
    first: str | None
    last: str | None
    count: int
    gaps: tuple[int, ...]
    duplicates: tuple[int, ...]
    out_of_order: tuple[OutOfOrder, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditPart:
    """The periods of a part; ``own`` are clients' own numbers, and ``end`` is None when nothing is left to audit."""

    periods: tuple[PeriodAudit, ...]
    own: tuple[str, ...]
    end: AuditPosition | None


def audit_part(
    series: Mapping[str, NumberSeries],
    numbers: Sequence[AssignedNumber],
    *,
    after: AuditPosition | None = None,
    has_more: bool = False,
    period: str | None = None,
) -> AuditPart:
    """Audit the numbers that follow a position, in order, against the counters of these series by id.

    With ``period``, they are those of this period only. With ``has_more`` the last of them is not the last of all.
    """
    begin = _key(after.last) if after else (False, "", "")
    counted = {(False, one.id, each) for one in series.values() for each in one.next_values if period in {None, each}}
    keys = {_key(number) for number in numbers if number.series is not None} | {key for key in counted if key >= begin}
    last = numbers[-1] if has_more else None
    audited: list[PeriodAudit] = []
    latest = None
    for key in sorted(keys):
        if last and key > _key(last):
            break
        goes_on = after if after and key == begin else None
        found = [number for number in numbers if number.series is not None and _key(number) == key]
        disorder, latest = _out_of_order(found, goes_on.latest if goes_on else None)
        first_value = goes_on.last.value + 1 if goes_on else 1
        open_end = last is not None and key == _key(last)
        part = _audit(series, key, found, first_value, tuple(disorder), open_end=open_end)
        if part.count or part.gaps or not goes_on:
            audited.append(part)
    own = tuple(number.number for number in numbers if number.series is None)
    end = AuditPosition(last, None if last.series is None else latest) if last else None
    return AuditPart(periods=tuple(audited), own=own, end=end)


def _key(number: AssignedNumber) -> tuple[bool, str, str]:
    """Return the place of a number's period and series."""
    return number.place[:3]


def _audit(
    series: Mapping[str, NumberSeries],
    key: tuple[bool, str, str],
    found: Sequence[AssignedNumber],
    first_value: int,
    disorder: tuple[OutOfOrder, ...],
    *,
    open_end: bool,
) -> PeriodAudit:
    _, of, period = key
    one = series.get(of) or NumberSeries(account="", id=of)  # numbers of a series that somebody took away
    values = [number.value for number in found]
    end = max([value + 1 for value in values[-1:]] + ([first_value] if open_end else [one.next_value(period)]))
    known = sorted({(value, value) for value in values} | set(one.skipped.get(period, ())))
    duplicates = dict.fromkeys(value for value, following in pairwise(values) if value == following)
    return PeriodAudit(
        series=one.id,
        period=period,
        first=found[0].number if found else None,
        last=found[-1].number if found else None,
        count=len(found),
        gaps=tuple(islice(_gaps(known, first_value, end), MOST_FAULTS)),
        duplicates=tuple(islice(duplicates, MOST_FAULTS)),
        out_of_order=disorder[:MOST_FAULTS],
    )


def _gaps(known: Sequence[tuple[int, int]], first: int, end: int) -> Iterator[int]:
    """Return the values from ``first`` and below ``end`` that are neither assigned nor skipped on purpose."""
    expected = first
    for low, high in known:
        yield from range(expected, min(low, end))
        expected = max(expected, high + 1)
    yield from range(expected, end)


def _out_of_order(
    numbers: Sequence[AssignedNumber], latest: AssignedNumber | None
) -> tuple[list[OutOfOrder], AssignedNumber | None]:
    """Return the numbers dated before a lower one, and the number with the latest date."""
    found = []
    for number in numbers:
        on = number.issue_date
        if on is None:
            continue
        if latest and latest.issue_date and on < latest.issue_date:
            found.append(OutOfOrder(number.number, on, latest.number, latest.issue_date))
        else:
            latest = number
    return found, latest
