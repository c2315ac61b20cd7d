"""The running totals of a store in memory."""

from collections.abc import Iterator
from datetime import date

from invoicing.domain.reports.totals import (
    CUSTOMERS,
    DAYS,
    CustomerTotal,
    DayTotal,
    ReportTotal,
    of_customer,
    of_day,
)
from tests.fakes import FakeStore


class FakeReportTotals:
    """Finds them among all entities."""

    def __init__(self, store: FakeStore) -> None:
        self.store = store

    def days(self, account: str, start: date | None, end: date) -> list[DayTotal]:
        found = map(of_day, self._totals(account, DAYS))
        return [total for total in found if (start or date.min) <= total.day <= end]

    def customers(self, account: str, start: date, end: date) -> list[CustomerTotal]:
        return [
            of_customer(total)
            for total in self._totals(account, CUSTOMERS)
            if start.year <= int(total.id.split("#")[1]) <= end.year
        ]

    def all(self, account: str) -> Iterator[ReportTotal]:
        return iter([total for total in self.store.all(ReportTotal) if total.account == account])

    def _totals(self, account: str, prefix: str) -> list[ReportTotal]:
        found = (total for total in self.store.all(ReportTotal) if total.account == account)
        return [total for total in found if total.id.startswith(f"{prefix}#")]
