"""Read the revenue and money of a period by customer."""

from collections.abc import Mapping

from invoicing.dataclass import dataclass
from invoicing.domain.parties.customer import Customer
from invoicing.domain.reports.customers import CustomerFlows, customers_of
from invoicing.operations.reports._asked import Asked, ReportQuery, asked
from invoicing.operations.reports._ports import ReportTotals
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomersReport:
    """The customers with the highest revenue, their names by their ids, and whether there are more."""

    asked: Asked
    rows: tuple[CustomerFlows, ...]
    names: Mapping[str, str]
    more: bool


def get_customers_report(uow: UnitOfWork, query: ReportQuery, most: int, totals: ReportTotals) -> CustomersReport:
    """Return ``most`` customers, those with the highest revenue in the account's own currency first.

    Three requests, and one more for each further megabyte of totals, those of all customers in the years of the period.
    `InvalidRequest` as `asked`.
    """
    period = asked(uow, query)
    found = customers_of(totals.customers(uow.account, period.start, period.end), period.start, period.end, period.base)
    rows = period.chosen(found)
    customers = list(dict.fromkeys(row.customer_id for row in rows))
    shown = customers[:most]
    known = uow.store.find_together(*(uow.ref(Customer, customer_id) for customer_id in shown)) if shown else ()
    return CustomersReport(
        asked=period,
        rows=tuple(row for row in rows if row.customer_id in set(shown)),
        names={customer.id: customer.name for customer in known if customer},
        more=len(customers) > most,
    )
