"""Read the tax of a period by rate, category and name."""

from invoicing.dataclass import dataclass
from invoicing.domain.reports.taxes import Basis, TaxRow, taxes_of
from invoicing.operations.reports._asked import Asked, ReportQuery, asked
from invoicing.operations.reports._ports import ReportTotals
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class TaxReport:
    """The tax groups in each currency."""

    asked: Asked
    basis: Basis
    rows: tuple[TaxRow, ...]


def get_tax_report(uow: UnitOfWork, query: ReportQuery, basis: Basis, totals: ReportTotals) -> TaxReport:
    """Return the tax of what was invoiced in a period, less that of what was credited and voided in it.

    On ``cash`` basis, it is the tax of what was paid in it, less that of refunds, reversals and used credit.

    Requests as for `get_revenue_report`. `InvalidRequest` as `asked`.
    """
    period = asked(uow, query)
    days = totals.days(uow.account, period.start, period.end)
    return TaxReport(asked=period, basis=basis, rows=period.chosen(taxes_of(days, period.base, basis)))
