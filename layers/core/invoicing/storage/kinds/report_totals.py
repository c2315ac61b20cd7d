"""Running totals of reports; in the table of the counters, which are kept from events too."""

from typing import Any

from invoicing.domain.reports.totals import ReportTotal
from invoicing.storage.dynamodb.record import DocumentRecord
from invoicing.storage.dynamodb.table_names import TableName
from invoicing.storage.kinds import stores

PREFIX = "report#"


def report_total_from(values: dict[str, Any]) -> ReportTotal:
    """Read the total of an unpacked item."""
    return ReportTotal(**values | {"figures": {tuple(key): tuple(amounts) for key, amounts in values["figures"]}})


def report_total_values(total: ReportTotal) -> dict[str, Any]:
    """Return what is packed: figures as rows."""
    return {
        "account": total.account,
        "id": total.id,
        "version": total.version,
        "figures": sorted([key, amounts] for key, amounts in total.figures.items()),
    }


@stores(ReportTotal)
class ReportTotalRecord(DocumentRecord):
    """The total of a day, or of a customer's year."""

    read = report_total_from
    write = report_total_values

    class Meta:
        table_name = TableName("totals")

    @staticmethod
    def key(account: str, identifier: str, /) -> tuple[str, str]:
        return account, f"{PREFIX}{identifier}"
