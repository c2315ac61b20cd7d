"""Lists of customers."""

from invoicing.api.outputs.customers import CustomerOutput
from invoicing.api.queries.search import SEARCHING
from invoicing.api.query import INSTANT, RANGE, SEARCH, WORDS, YES_OR_NO, Filter, ListSpec
from invoicing.operations.lists.sort_texts import CREATED

CUSTOMERS = ListSpec(
    filters={
        "name": Filter(SEARCH, WORDS),
        "email": Filter(SEARCH, WORDS),
        "search": SEARCHING,
        CREATED: Filter(INSTANT, RANGE),
        "archived": Filter(YES_OR_NO, frozenset({"eq"}), default="false"),
    },
    sorts=(CREATED, "name"),
    output=CustomerOutput,
    metadata=True,
)
