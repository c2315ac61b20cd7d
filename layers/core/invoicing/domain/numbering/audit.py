"""Audit of a number series against the reserved numbers: none may be missing, none twice."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from invoicing.domain.numbering.series import NumberReservation, NumberSeries, SeriesId

MOST_GAPS = 1000
"""The most gaps and duplicates listed for a period."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodAudit:
    """The numbers of a series in one period: ``gaps`` and ``duplicates`` are values, ``first`` and ``last`` numbers."""

    series: SeriesId
    period: str
    first: str | None
    last: str | None
    count: int
    gaps: tuple[int, ...]
    duplicates: tuple[int, ...]


def audit_series(series: NumberSeries, reservations: Iterable[NumberReservation]) -> tuple[PeriodAudit, ...]:
    """Audit every period with numbers of the series, the oldest first.

    Numbers of other series, and clients' own numbers, are left out.
    """
    taken: dict[str, list[NumberReservation]] = defaultdict(list)
    for reservation in reservations:
        if reservation.period is not None and reservation.series == series.id:
            taken[reservation.period].append(reservation)
    return tuple(_audit(series, period, taken[period]) for period in sorted(taken.keys() | series.next_values.keys()))


def _audit(series: NumberSeries, period: str, reservations: Sequence[NumberReservation]) -> PeriodAudit:
    counted = sorted(reservations, key=lambda reservation: reservation.value or 0)
    values = [reservation.value or 0 for reservation in counted]
    duplicates = dict.fromkeys(value for value, following in pairwise(values) if value == following)
    return PeriodAudit(
        series=series.id,
        period=period,
        first=counted[0].id if counted else None,
        last=counted[-1].id if counted else None,
        count=len(counted),
        gaps=tuple(islice(_gaps(series, period, values), MOST_GAPS)),
        duplicates=tuple(islice(duplicates, MOST_GAPS)),
    )


def _gaps(series: NumberSeries, period: str, values: Sequence[int]) -> Iterable[int]:
    """Return values that are neither reserved nor skipped on purpose."""
    end = max(series.next_value(period), *(value + 1 for value in values[-1:]), 1)
    known = sorted({(value, value) for value in values} | set(series.skipped.get(period, ())))
    expected = 1
    for first, last in known:
        yield from range(expected, first)
        expected = max(expected, last + 1)
    yield from range(expected, end)
