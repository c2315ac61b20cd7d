"""Invoice numbers: a series counts per year or without end, and a pattern writes the number.

No gaps and no duplicates: the series advances in the transaction that uses the number (`invoicing.operations`),
and each number is reserved once per account.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

DEFAULT_PATTERN = "INV-{year}-{seq:03}"
_PLACEHOLDER = re.compile(r"\{(year|seq)(?::0(\d))?\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberSeries:
    """The next value of each period; the period is the issue year when the pattern has ``{year}``, else empty."""

    account: str
    id: str
    version: int = 0
    next_values: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberReservation:
    """An invoice number (the ``id``) that is taken, once and for good, by one invoice of the account."""

    account: str
    id: str
    version: int = 1
    invoice_id: str


def take_number(series: NumberSeries, pattern: str, issue_date: date) -> tuple[str, NumberSeries]:
    """The next number of the series, and the series after it."""
    period = str(issue_date.year) if _counts_by_year(pattern) else ""
    value = series.next_values.get(period, 1)
    after = replace(series, version=series.version + 1, next_values={**series.next_values, period: value + 1})
    return write_number(pattern, value, issue_date), after


def _counts_by_year(pattern: str) -> bool:
    return any(match[1] == "year" for match in _PLACEHOLDER.finditer(pattern))


def write_number(pattern: str, value: int, issue_date: date) -> str:
    """``INV-{year}-{seq:03}`` with value 7 in 2026 is ``INV-2026-007``."""

    def fill(match: re.Match[str]) -> str:
        number = issue_date.year if match[1] == "year" else value
        return str(number).zfill(int(match[2] or 0))

    return _PLACEHOLDER.sub(fill, pattern)
