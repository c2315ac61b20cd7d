"""Lists of ledger entries."""

from dataclasses import replace

from invoicing.api.outputs.ledger import LedgerEntryOutput
from invoicing.api.query import (
    CHOICE,
    CSV,
    CURRENCY,
    DATE,
    RANGE,
    TEXT,
    Filter,
    ListSpec,
    ParsedQuery,
    one_of,
    read_query,
)
from invoicing.api.request import Request
from invoicing.domain.ledger.entry import Movement
from invoicing.operations.lists.query import invalid_query

MOST_ROWS = 5_000
"""The most entries of one table: a Lambda response has at most 6 MB."""

LEDGER = ListSpec(
    filters={
        "type": Filter(one_of(*Movement), CHOICE),
        "currency": Filter(CURRENCY, CHOICE),
        "invoice_id": Filter(TEXT, CHOICE),
        "date": Filter(DATE, RANGE, sorts="date"),
    },
    sorts=("date",),
    default_sort="date",
    output=LedgerEntryOutput,
    aliases={"start_date": ("date", "gte"), "end_date": ("date", "lte")},
    csv=True,
)


def ledger_query(request: Request) -> ParsedQuery:
    """Read what is asked of the ledger: a page, or all entries that pass as CSV. `InvalidRequest` as `read_query`."""
    asked = read_query(request.query_string, LEDGER)
    if asked.format == "json" or (asked.format is None and CSV not in request.headers.get("accept", "")):
        return asked
    for name, value in asked.parameters:
        if name in {"page", "per_page", "limit", "offset", "cursor"}:
            raise invalid_query(name, f"{name} does not apply to CSV, which has all entries.", value[:100])
    return replace(asked, format="csv", query=replace(asked.query, per_page=MOST_ROWS))
