"""Totals of lists from list counters."""

from collections.abc import Mapping, Sequence

from invoicing.domain.lists.list_counter import ListCounter, counted_as
from invoicing.operations.lists.query import Condition, ListQuery
from invoicing.storage.dynamodb.record import Listing

Counts = Sequence[tuple[str, str]]
"""Counts to add up, by the ids of their counters and their names."""


def counts_of(listing: Listing, query: ListQuery) -> Counts:
    """Return the counts of a list; none with other or more filters, or where entities are left out."""
    left_out = {index.field for index in listing.indexes if index.sparse}
    conditions = query.conditions
    if any(sort.field in left_out for sort in query.sorts) or any(
        item.operator not in {"eq", "in"} for item in conditions
    ):
        return ()
    values = {item.field: dict.fromkeys(item.values) for item in conditions}
    if not conditions:
        return (counted_as(listing.counter),) if None in listing.counted_by else ()
    if len(conditions) == 1 and values.keys() <= listing.counted_by:
        return tuple(counted_as(listing.counter, name, value) for name in values for value in values[name])
    if len(conditions) == 2 and values.keys() == {"customer_id", "status"}:
        return tuple(
            (name, f"status={status}") for name in counters_of_customers(conditions) for status in values["status"]
        )
    return ()


def counters_of_customers(conditions: Sequence[Condition]) -> list[str]:
    """Return the ids of the counters of the customers that a list is of."""
    values = next(item.values for item in conditions if item.field == "customer_id")
    return [counted_as("invoices", "customer_id", value)[0] for value in dict.fromkeys(values)]


def total_of(counts: Counts, counters: Mapping[str, ListCounter]) -> int:
    """Return the sum of some counts; what is not counted is 0."""
    return sum(counters[name].count(value) for name, value in counts if name in counters)
