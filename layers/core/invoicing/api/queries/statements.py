"""The period of a statement of a customer's account."""

from collections.abc import Mapping
from datetime import date

from invoicing.api.parameters import read_parameters
from invoicing.api.query import CURRENCY, DATE, ValueType
from invoicing.operations.customers.get_customer_statement import Period

STATEMENT: Mapping[str, ValueType] = {"start_date": DATE, "end_date": DATE, "currency": CURRENCY}
"""The query parameters of a statement."""


def period_of(query_string: str) -> Period:
    """Read the period of a query; `InvalidRequest` as `read_parameters`."""
    given = read_parameters(query_string, STATEMENT)
    start, end = (date.fromisoformat(given[name]) if name in given else None for name in ("start_date", "end_date"))
    return Period(start=start, end=end, currency=given.get("currency"))
