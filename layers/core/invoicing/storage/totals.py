"""Which figures, added up, say how many things a list has: those of what `invoicing.domain.figures` counts."""

from invoicing.domain.figures import figure_id
from invoicing.operations.listing import ListQuery


def figures_of_invoices(query: ListQuery) -> tuple[str, ...]:
    """The figures of a list of invoices; none when its filters are others, or when it has numbered ones only."""
    if any(sort.field == "invoice_number" for sort in query.sorts):
        return ()
    if not query.conditions:
        return (figure_id("invoices"),)
    return _figures("invoices", query, frozenset({"status", "customer_id", "currency"}))


def figures_of_customers(query: ListQuery) -> tuple[str, ...]:
    """The figures of a list of customers; none when it has other filters than whether they are archived."""
    return _figures("customers", query, frozenset({"archived"}))


def _figures(things: str, query: ListQuery, counted: frozenset[str]) -> tuple[str, ...]:
    """The figures of the values of the one filter; none when there are more filters."""
    match query.conditions:
        case [one] if one.field in counted and one.operator in {"eq", "in"}:
            return tuple(figure_id(things, one.field, value) for value in dict.fromkeys(one.values))
        case _:
            return ()


def uncounted(_: ListQuery) -> tuple[str, ...]:
    """None: there are no figures of such a list."""
    return ()
