"""Customers of a period: revenue and money of each."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from invoicing.domain.reports.figures import Flows, Row, flows_of
from invoicing.domain.reports.totals import Amounts, CustomerTotal, Key, add


class CustomerFlows(NamedTuple):
    """What happened with one customer in a period, in one currency."""

    customer_id: str
    flows: Flows

    @property
    def row(self) -> Row:
        """Whose amounts they are."""
        return self.flows.row


def customers_of(totals: Iterable[CustomerTotal], start: date, end: date, base: str) -> list[CustomerFlows]:
    """Return each customer's rows, the highest revenue in ``base`` first, then in the currencies.

    A customer has a row for each currency, one of all converted to ``base``, and those of what has no rate.
    """
    found: dict[str, dict[str, dict[Key, Amounts]]] = {}
    first, last = start.isoformat(), end.isoformat()
    for customer_id, currency, figures in totals:
        for (*key, day), amounts in figures.items():
            if first <= day <= last:
                sums = found.setdefault(customer_id, {}).setdefault(currency, {})
                add(sums, tuple(key), amounts)
    rows = {customer_id: flows_of(dict(sorted(sums.items())), base) for customer_id, sums in found.items()}

    def converted(customer_id: str) -> int:
        return next(flows.revenue.net for flows in rows[customer_id] if flows.row.conversion == "converted")

    order = sorted(rows, key=lambda customer_id: (-converted(customer_id), customer_id))
    return [CustomerFlows(customer_id, flows) for customer_id in order for flows in rows[customer_id]]
