"""Read the money of a period by payment method."""

from invoicing.dataclass import dataclass
from invoicing.domain.reports.methods import MethodRow, methods_of
from invoicing.operations.reports._asked import Asked, ReportQuery, asked
from invoicing.operations.reports._ports import ReportTotals
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentsReport:
    """The methods in each currency."""

    asked: Asked
    rows: tuple[MethodRow, ...]


def get_payments_report(uow: UnitOfWork, query: ReportQuery, totals: ReportTotals) -> PaymentsReport:
    """Return what came and went by each method, by the dates of payments, refunds, reversals and payouts.

    Requests as for `get_revenue_report`. `InvalidRequest` as `asked`.
    """
    period = asked(uow, query)
    days = totals.days(uow.account, period.start, period.end)
    return PaymentsReport(asked=period, rows=period.chosen(methods_of(days, period.base)))
