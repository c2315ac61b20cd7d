"""Number series: a series counts per year, per month or without end, and a pattern writes the number.

No gaps and no duplicates: the series advances in the transaction that uses the number (`invoicing.operations`), and
each number is reserved once per account.
"""

from collections.abc import Mapping
from dataclasses import field, replace
from datetime import date
from typing import Literal

from invoicing.dataclass import dataclass
from invoicing.domain.errors import Detail, ValidationFailed
from invoicing.domain.numbering.settings import PLACEHOLDER, DocumentType, Reset, counts_by

AssignOn = Literal["issue", "create"]
"""When an invoice gets its number: as a draft, or when it is issued. Assigned numbers are never reused."""


@dataclass(frozen=True, slots=True)
class NumberRule:
    """How a series writes and counts its numbers; ``fiscal_year_start`` is the month in which the year begins.

    A fiscal year has the name of the calendar year in which it ends: with 4, April 2026 to March 2027 is 2027.
    """

    pattern: str
    reset: Reset = "yearly"
    fiscal_year_start: int = 1

    def year_of(self, issue_date: date) -> int:
        """Return the name of a date's fiscal year."""
        return issue_date.year + (1 < self.fiscal_year_start <= issue_date.month)

    def period_of(self, issue_date: date) -> str:
        """Return the period of a date: ``2026``, ``2026-04``, or empty when the series never resets.

        A number without the year in it cannot be counted by year, nor one without the month by month.
        """
        reset = counts_by(self.pattern, self.reset)
        if reset == "never":
            return ""
        year = str(self.year_of(issue_date))
        return f"{year}-{issue_date.month:02}" if reset == "monthly" else year

    def day_in(self, period: str, today: date) -> date:
        """Return a day of a period: today, where it is one; else the first."""
        if not period or self.period_of(today) == period:
            return today
        year, _, month = period.partition("-")
        first = int(month or self.fiscal_year_start)
        return date(int(year) - (1 < self.fiscal_year_start <= first), first, 1)

    def write(self, value: int, issue_date: date) -> str:
        """Write a number: ``INV-{year}-{seq:03}`` with value 7 in 2026 is ``INV-2026-007``; a month has two digits."""
        values = {"year": self.year_of(issue_date), "month": f"{issue_date.month:02}", "seq": value}
        return PLACEHOLDER.sub(lambda match: str(values[match[1]]).zfill(int(match[2] or 0)), self.pattern)


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberSeries:
    """The counter of a series: the next value of each period (`NumberRule.period_of`).

    ``used`` is set once a number was assigned, an invoice or a customer named the series, or it was the default: from
    then on the series stays.
    ``skipped`` are the values passed over for a good reason, as first and last of each run: a client had used the
    number as its own, or the account set a higher next number. Any other missing value is a gap.
    """

    account: str
    id: str
    version: int = 0
    used: bool = False
    next_values: Mapping[str, int] = field(default_factory=dict)
    skipped: Mapping[str, tuple[tuple[int, int], ...]] = field(default_factory=dict)

    def next_value(self, period: str) -> int:
        """Return the value of the next number of a period."""
        return self.next_values.get(period, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberReservation:
    """A number (the ``id``) reserved for good by one document of the account: ``taken_by`` is the document's id.

    ``series``, ``period`` and ``value`` are its place, and ``issue_date`` is that of the document; a client's own
    number has none of them.
    """

    account: str
    id: str
    version: int = 1
    document_type: DocumentType = "invoice"
    taken_by: str
    series: str | None = None
    period: str | None = None
    value: int | None = None
    issue_date: date | None = None


def take_number(series: NumberSeries, rule: NumberRule, issue_date: date) -> tuple[str, NumberSeries]:
    """Return the next number of the series, and the series after it."""
    period = rule.period_of(issue_date)
    value = series.next_value(period)
    after = replace(series, version=series.version + 1, next_values={**series.next_values, period: value + 1})
    return rule.write(value, issue_date), after


def require_same_period(rule: NumberRule, number: str, before: date, after: date) -> None:
    """Raise `ValidationFailed` ``INVOICE_NUMBER_FIXED`` unless the document's number fits its new issue date.

    A number does not fit where the pattern would write another one with the same value.
    """
    if rule.write(1, before) != rule.write(1, after):
        message = (
            f"issue_date must stay in the period of {number}, the number assigned for {before}; "
            "to use another period, void this draft and create a new invoice."
        )
        raise ValidationFailed(Detail("issue_date", message, "INVOICE_NUMBER_FIXED", after.isoformat()))


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
