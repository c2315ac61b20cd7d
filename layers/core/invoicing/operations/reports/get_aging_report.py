"""Read what is open at the end of a day, by how long it has been due."""

from datetime import date

from invoicing.dataclass import dataclass
from invoicing.domain.reports.ageing import AgeingRow, ageing_rows
from invoicing.operations.reports._asked import Asked, ReportQuery, asked
from invoicing.operations.reports._ports import ReportTotals
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class AgingReport:
    """The ageing in each currency at the end of a day, the last of what is asked."""

    asked: Asked
    rows: tuple[AgeingRow, ...]


def get_aging_report(uow: UnitOfWork, as_of: date | None, currency: str | None, totals: ReportTotals) -> AgingReport:
    """Return the ageing as of a day, today by default: the same whenever it is asked.

    Two requests, and one more for each further megabyte of totals, all of which until that day are read.
    """
    day = asked(uow, ReportQuery(end=as_of, currency=currency))
    days = totals.days(uow.account, None, day.end)
    return AgingReport(asked=day, rows=day.chosen(ageing_rows(days, day.end, day.base)))
