"""What reports read, and what checks them."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Protocol

from invoicing.domain.reports.totals import CustomerTotal, DayTotal, ReportTotal


class ReportTotals(Protocol):
    """The running totals of reports, some seconds behind the ledger."""

    def days(self, account: str, start: date | None, end: date) -> list[DayTotal]:
        """Return the totals of the days from ``start``, or of all days, to ``end``, in order."""

    def customers(self, account: str, start: date, end: date) -> list[CustomerTotal]:
        """Return the totals of all customers in the years of a period."""

    def all(self, account: str) -> Iterator[ReportTotal]:
        """Yield all totals, strongly consistent."""


class AccountSample(Protocol):
    """Picks accounts at random."""

    def some(self, most: int) -> Sequence[str]:
        """Return up to so many tenant partitions, each once; what it reads does not grow with their number."""
