"""Lists of customers, and the period of their statements."""

from collections.abc import Mapping
from datetime import date

from invoicing.api.outputs.customers import CustomerOutput
from invoicing.api.parameters import read_parameters
from invoicing.api.query import CURRENCY, DATE, INSTANT, RANGE, SEARCH, WORDS, YES_OR_NO, Filter, ListSpec, ValueType
from invoicing.operations.customers.get_customer_statement import Period
from invoicing.operations.lists.sort_texts import CREATED

CUSTOMERS = ListSpec(
    filters={
        "name": Filter(SEARCH, WORDS),
        "email": Filter(SEARCH, WORDS),
        CREATED: Filter(INSTANT, RANGE),
        "archived": Filter(YES_OR_NO, frozenset({"eq"}), default="false"),
    },
    sorts=(CREATED, "name"),
    output=CustomerOutput,
)
STATEMENT: Mapping[str, ValueType] = {"start_date": DATE, "end_date": DATE, "currency": CURRENCY}
"""What a statement may be asked for by."""


def period_of(query_string: str) -> Period:
    """The period that a query asks for; `InvalidRequest` as `read_parameters`."""
    given = read_parameters(query_string, STATEMENT)
    start, end = (date.fromisoformat(given[name]) if name in given else None for name in ("start_date", "end_date"))
    return Period(start=start, end=end, currency=given.get("currency"))
