"""Which list counters, added up, say how many entities a list has."""

from invoicing.domain.lists.list_counter import counter_id
from invoicing.operations.lists.query import ListQuery
from invoicing.storage.dynamodb.record import Listing


def counters_of(listing: Listing, query: ListQuery) -> tuple[str, ...]:
    """The ids of the counters; none when no counter knows: with other filters, or more, or where some are left out."""
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
