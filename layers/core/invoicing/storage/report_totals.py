"""Reader of the running totals of reports."""

from collections.abc import Iterator
from datetime import date

from invoicing.domain.reports.totals import (
    CUSTOMERS,
    DAYS,
    SEPARATOR,
    CustomerTotal,
    DayTotal,
    ReportTotal,
    of_customer,
    of_day,
)
from invoicing.operations.lists.sort_texts import HIGHEST
from invoicing.storage.dynamodb.database import Database
from invoicing.storage.kinds.report_totals import PREFIX, ReportTotalRecord


class DynamoReportTotals:
    """The totals of all accounts (`invoicing.operations.reports._ports.ReportTotals`)."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def days(self, account: str, start: date | None, end: date) -> list[DayTotal]:
        """Return the totals of days in order; one request for each megabyte, some two thousand days."""
        low = SEPARATOR.join((DAYS, start.isoformat() if start else ""))
        request = _between(account, low, SEPARATOR.join((DAYS, end.isoformat())))
        return [of_day(ReportTotalRecord.entity_of(item)) for item in self._database.items(request)]

    def customers(self, account: str, start: date, end: date) -> list[CustomerTotal]:
        """Return the totals of all customers in the years of a period; one request for each megabyte."""
        low, high = (SEPARATOR.join((CUSTOMERS, f"{year:04}")) for year in (start.year, end.year))
        request = _between(account, low, high)
        return [of_customer(ReportTotalRecord.entity_of(item)) for item in self._database.items(request)]

    def all(self, account: str) -> Iterator[ReportTotal]:
        """Yield all totals, strongly consistent; one request for each megabyte."""
        request = _between(account, "", "") | {"ConsistentRead": True}
        return map(ReportTotalRecord.entity_of, self._database.items(request))


def _between(account: str, low: str, high: str) -> dict[str, object]:
    return {
        "TableName": ReportTotalRecord.Meta.table_name,
        "KeyConditionExpression": "pk = :account AND sk BETWEEN :low AND :high",
        "ExpressionAttributeValues": {
            ":account": {"S": account},
            ":low": {"S": f"{PREFIX}{low}"},
            ":high": {"S": f"{PREFIX}{high}{HIGHEST}"},
        },
    }
