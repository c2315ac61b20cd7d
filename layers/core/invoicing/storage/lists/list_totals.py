"""Totals of lists from list counters."""

from invoicing.domain.lists.list_counter import counter_id
from invoicing.operations.lists.query import ListQuery
from invoicing.storage.dynamodb.record import Listing


def counters_of(listing: Listing, query: ListQuery) -> tuple[str, ...]:
    """Return the ids of the counters to add up; none with other or more filters, or where entities are left out."""
    left_out = {index.field for index in listing.indexes if index.sparse}
    if any(sort.field in left_out for sort in query.sorts):
        return ()
    match query.conditions:
        case []:
            return (counter_id(listing.counter),) if None in listing.counted_by else ()
        case [one] if one.field in listing.counted_by and one.operator in {"eq", "in"}:
            return tuple(counter_id(listing.counter, one.field, value) for value in dict.fromkeys(one.values))
        case _:
            return ()
