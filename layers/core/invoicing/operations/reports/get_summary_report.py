"""Read the summary of a period."""

from invoicing.dataclass import dataclass
from invoicing.domain.lists.list_counter import ALL_INVOICES, ListCounter
from invoicing.domain.parties.account import Account
from invoicing.domain.reports.summary import Summary, summary_of
from invoicing.operations.account._own_account import PROFILE
from invoicing.operations.reports._asked import Asked, ReportQuery, asked
from invoicing.operations.reports._ports import ReportTotals
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryReport:
    """The summary in each currency."""

    asked: Asked
    rows: tuple[Summary, ...]


def get_summary_report(uow: UnitOfWork, query: ReportQuery, totals: ReportTotals) -> SummaryReport:
    """Return what happened in a period, what is owed before and after it, and what is drafted today.

    Two requests, and one more for each further megabyte of totals, all of which until the period's end are read.
    `InvalidRequest` as `asked`.
    """
    uow.prefetch((Account, PROFILE), (ListCounter, ALL_INVOICES))
    counter = uow.find(ListCounter, ALL_INVOICES)
    period = asked(uow, query)
    days = totals.days(uow.account, None, period.end)
    rows = summary_of(days, period.start, period.end, period.base, counter.drafts if counter else {})
    return SummaryReport(asked=period, rows=period.chosen(rows))
