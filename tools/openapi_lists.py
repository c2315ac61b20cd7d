"""The query parameters of lists, as invoicing/api/queries declares them."""

from collections.abc import Iterator, Mapping
from typing import Any

from invoicing.api.list_parameters import MOST_PAGE, MOST_PER_PAGE
from invoicing.api.query import EXPAND, FORMATS, MOST_EXPANDED_ITEMS, MOST_VALUES, ListSpec, ValueType
from tools.openapi_schemas import Object

MEANINGS = {
    "eq": "is",
    "ne": "is not",
    "gt": "is above or after",
    "gte": "is at least",
    "lt": "is below or before",
    "lte": "is at most",
    "in": f"is one of up to {MOST_VALUES}, separated by commas",
    "like": "is like this, where % is any text; without a % it may stand anywhere",
}


def list_parameters(of: ListSpec) -> Iterator[Object]:
    """Page, order, chosen fields, and each filter with each of its operators."""
    # Without defaults: generated clients would send them, and some exclude each other, or change what a filter does.
    yield _parameter("page", "The page, from 1.", {"type": "integer", "minimum": 1, "maximum": MOST_PAGE})
    per_page = {"type": "integer", "minimum": 1, "maximum": MOST_PER_PAGE}
    yield _parameter("per_page", "Items on a page; 20 unless given.", per_page)
    yield _parameter("limit", "The same as `per_page`, not together with it or with `page`.", per_page)
    offset = {"type": "integer", "minimum": 0, "maximum": MOST_PAGE}
    yield _parameter("offset", "How many to skip, instead of `page`; not together with it or `per_page`.", offset)
    if of.sorts:
        yield from _order(of)
    chosen = "Only these fields in `data`, separated by commas; others are left out, also those that a schema requires."
    yield _parameter("fields", chosen)
    if of.expands:
        most = f" A page then has at most {MOST_EXPANDED_ITEMS} items."
        yield _parameter(EXPAND, f"{EXPAND} is {of.expands.kind.wording}, to be read whole into `expanded`.{most}")
    if of.csv:
        words = "`csv` for all entries that pass as a table, instead of a page; the same as `Accept: text/csv`."
        yield _parameter("format", words, {"enum": [*FORMATS], "default": "json"})
    for name, known in of.filters.items():
        schema = dict(known.kind.schema) | ({} if known.default is None else {"default": known.default})
        yield _parameter(name, f"{name} is {known.kind.wording}.", schema)
        for operator in sorted(known.operators - {"eq"}):
            typed = {"type": "string"} if operator in {"in", "like"} else dict(known.kind.schema)
            yield _parameter(f"filter[{name}][{operator}]", f"{name} {MEANINGS[operator]}.", typed)
    if of.metadata:
        words = "Metadata has this value: `metadata[order]=4711`; several keys must all have theirs."
        schema = {"type": "object", "additionalProperties": {"type": "string"}}
        yield _parameter("metadata", words, schema) | {"style": "deepObject", "explode": True}
    for name, (field, operator) in of.aliases.items():
        yield _parameter(name, f"{field} {MEANINGS[operator]}.", dict(of.filters[field].kind.schema))


def _order(of: ListSpec) -> Iterator[Object]:
    """Where a page begins, and the order, of a list that is not read whole."""
    yield _parameter("cursor", "Where a page begins, from the links of another page; not together with `page`.")
    fields = f"Up to {len(of.sorts)} of {', '.join(of.sorts)}, separated by commas; the first counts most."
    fields += f" {of.default_sort} unless given."
    for name, by in ((name, known.sorts) for name, known in of.filters.items() if known.sorts):
        fields += f" A list filtered by {name} is sorted by {'it' if by == name else by}, unless this says otherwise."
    yield _parameter("sort", fields)
    order = "`asc` or `desc`: one for all, or one for each field of `sort`, separated by commas; `desc` unless given."
    yield _parameter("order", order)


def query_parameters(query: Mapping[str, ValueType]) -> Iterator[Object]:
    """The parameters of an operation that is no list."""
    for name, kind in query.items():
        yield _parameter(name, f"{name} is {kind.wording}.", dict(kind.schema))


def _parameter(name: str, words: str, schema: Any = None) -> Object:
    return {"name": name, "in": "query", "description": words, "schema": schema or {"type": "string"}}
