"""Queries that the reader of lists refuses."""

from invoicing.domain.errors import Detail, InvalidRequest
from invoicing.operations.lists.query import MOST_CANDIDATES, ListQuery, invalid_query


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
