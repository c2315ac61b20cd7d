"""Queries that the reader of lists refuses."""

from collections.abc import Sequence

from invoicing.domain.errors import Detail, InvalidRequest
from invoicing.operations.lists.query import MOST_CANDIDATES, ListQuery, Sort, invalid_query, metadata_key
from invoicing.storage.dynamodb.index import Index
from invoicing.storage.lists.index_selection import plans


def by_number() -> InvalidRequest:
    """Return that a list has no cursors, because each page is sorted separately."""
    return invalid_query("cursor", "cursor does not apply to this list; use page.")


def too_deep(query: ListQuery) -> InvalidRequest:
    """Return that a page lies deeper than page numbers reach."""
    message = f"Page numbers reach at most {MOST_CANDIDATES:,} items; follow links.next or add a filter."
    if query.offset is not None:
        return too_much("offset", message, str(query.offset))
    return too_much("page", message, str(query.page))


def too_much(field: str, message: str, value: str | None = None) -> InvalidRequest:
    """Return ``QUERY_TOO_BROAD`` for a parameter."""
    return InvalidRequest("QUERY_TOO_BROAD", message, (Detail(field, message, "QUERY_TOO_BROAD", value),))


def too_broad(account: str, query: ListQuery, indexes: Sequence[Index]) -> InvalidRequest:
    """Return that a query has too many candidates, and what would have fewer."""
    fitting = []
    for field in sorted({index.field for index in indexes}):
        other = ListQuery(conditions=query.conditions, sorts=(Sort(field, descending=True),))
        if plans(account, other, indexes)[0].in_order:
            fitting.append(f"sort={field}")
    advice = f"use {' or '.join(fitting)}, " if fitting else ""
    given = {item.field for item in query.conditions}
    narrower = sorted({index.within or index.field for index in indexes} - given)
    message = (
        f"With this sort, the filters would examine more than {MOST_CANDIDATES:,} items;"
        f" {advice}add a filter on {', '.join(narrower)}, or narrow the filters."
    )
    if any(metadata_key(field) is not None and field not in query.tagged for field in given):
        message += " A key of metadata in the account's searchable_metadata leaves few, once its items are found by it."
    return too_much("sort" if fitting else "filter", message)
