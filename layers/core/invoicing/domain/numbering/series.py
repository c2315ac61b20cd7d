"""Number series: a series counts per year or without end, and a pattern writes the number.

No gaps and no duplicates: the series advances in the transaction that uses the number (`invoicing.operations`), and
each number is reserved once per account.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from invoicing.domain.errors import Detail, ValidationFailed

Reset = Literal["yearly", "never"]
"""When a series starts again at 1."""

AssignOn = Literal["issue", "create"]
"""When an invoice gets its number: as a draft, or when it is issued. Assigned numbers are never reused."""

SeriesId = Literal["invoice", "credit_note"]
"""The kinds of series: each kind of document has its own, and a number exists once among all of them."""

DEFAULT_PATTERN = "INV-{year}-{seq:03}"
DEFAULT_CREDIT_NOTE_PATTERN = "CN-{year}-{seq:03}"
LONGEST_PATTERN = 40
_PRINTABLE = re.compile(f"[!-~](?:[ -~]{{0,{LONGEST_PATTERN - 2}}}[!-~])?")
_PLACEHOLDER = re.compile(r"\{(year|seq)(?::0(\d))?\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberSeries:
    """The next value of each period; the period is the issue year when the series counts by year, else empty.

    ``skipped`` are the values passed over for a good reason, as first and last of each run: a client had used the
    number as its own, or the account set a higher next number. Any other missing value is a gap.
    """

    account: str
    id: SeriesId
    version: int = 0
    next_values: Mapping[str, int] = field(default_factory=dict)
    skipped: Mapping[str, tuple[tuple[int, int], ...]] = field(default_factory=dict)

    def next_value(self, period: str) -> int:
        """Return the value of the next number of a period."""
        return self.next_values.get(period, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberReservation:
    """A number (the ``id``) reserved for good by one document of the account: ``taken_by`` is the document's id.

    ``period`` and ``value`` are its place in the series; a client's own number has neither.
    """

    account: str
    id: str
    version: int = 1
    series: SeriesId = "invoice"
    taken_by: str
    period: str | None = None
    value: int | None = None


def take_number(
    series: NumberSeries, pattern: str, issue_date: date, reset: Reset = "yearly"
) -> tuple[str, NumberSeries]:
    """Return the next number of the series, and the series after it."""
    period = period_of(pattern, reset, issue_date)
    value = series.next_value(period)
    after = replace(series, version=series.version + 1, next_values={**series.next_values, period: value + 1})
    return write_number(pattern, value, issue_date), after


def go_on_from(series: NumberSeries, period: str, value: int) -> NumberSeries:
    """Return the series with this next value, its version unchanged; the values between are skipped on purpose."""
    current = series.next_value(period)
    runs = series.skipped.get(period, ())
    if value > current:
        runs = (
            (*runs[:-1], (runs[-1][0], value - 1))
            if runs and runs[-1][1] == current - 1
            else (*runs, (current, value - 1))
        )
    return replace(
        series,
        next_values={**series.next_values, period: value},
        skipped={**series.skipped, period: runs} if runs else series.skipped,
    )


def period_of(pattern: str, reset: Reset, issue_date: date) -> str:
    """Return the period of a date. A number without the year in it cannot be counted by year."""
    return str(issue_date.year) if reset == "yearly" and _has(pattern, "year") else ""


def check_pattern(pattern: str, reset: Reset, field: str = "numbering.pattern") -> None:
    """Raise `ValidationFailed` ``PATTERN_INVALID`` for a pattern without a number, or that repeats numbers."""
    wrong = None
    names = [match[1] for match in _PLACEHOLDER.finditer(pattern)]
    if not _PRINTABLE.fullmatch(pattern):
        wrong = f"must have 1 to {LONGEST_PATTERN} printable ASCII characters and no space at either end"
    elif names.count("seq") != 1 or names.count("year") > 1 or set("{}") & set(_PLACEHOLDER.sub("", pattern)):
        wrong = "must contain {seq} once, such as {seq:03}, {year} at most once, and no other braces"
    elif reset == "yearly" and "year" not in names:
        wrong = "must contain {year} when reset is yearly; add it or set reset to never"
    if wrong:
        raise ValidationFailed(Detail(field, f"{field} {wrong}.", "PATTERN_INVALID", pattern))


def _has(pattern: str, name: str) -> bool:
    return any(match[1] == name for match in _PLACEHOLDER.finditer(pattern))


def write_number(pattern: str, value: int, issue_date: date) -> str:
    """Write a number: ``INV-{year}-{seq:03}`` with value 7 in 2026 is ``INV-2026-007``."""

    def fill(match: re.Match[str]) -> str:
        number = issue_date.year if match[1] == "year" else value
        return str(number).zfill(int(match[2] or 0))

    return _PLACEHOLDER.sub(fill, pattern)
