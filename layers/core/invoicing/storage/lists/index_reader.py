"""Reader of index keys: the spans of a plan, from a position, in one of two directions."""

from collections.abc import Iterator
from typing import Any

from invoicing.dataclass import dataclass
from invoicing.operations.lists.sort_texts import HIGHEST
from invoicing.storage.dynamodb.database import Database
from invoicing.storage.dynamodb.index import SEPARATOR, Texts
from invoicing.storage.dynamodb.table_names import table_name
from invoicing.storage.lists.index_selection import Plan, Span

AT_A_TIME = 1_000
"""Keys read in one request where other entries lie in between, once the first request has shown it."""


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """An entity as an index knows it; ``order`` is its position in the list."""

    id: str
    order: str
    texts: Texts


def read_keys(
    database: Database, table: str, plan: Plan, most: int, *, down: bool, after: str | None = None
) -> list[IndexEntry]:
    """Read the first entries after a position, highest first when ``down``; a request for each span.

    ``after`` need not be the position of an existing entry.
    """
    found = [
        _entry(plan, item)
        for span in plan.spans
        for item in _items(database, _query(table, plan, _rest(plan, span, after, down=down), down=down), most)
    ]
    if len(plan.spans) > 1:
        found.sort(key=lambda entry: entry.order, reverse=down)
    return found[:most]


def count_keys(database: Database, table: str, plan: Plan, most: int) -> int | None:
    """Count entries; None above ``most``, or above what one request counts (1 MB) in a span."""
    total = 0
    for span in plan.spans:
        request = _query(table, plan, span, down=False) | {"Select": "COUNT"}
        request.pop("ProjectionExpression", None)
        answer = database.dispatch("Query", request | {"Limit": most + 1 - total})
        total += answer["Count"]
        if total > most or "LastEvaluatedKey" in answer:
            return None
    return total


def _items(database: Database, request: dict[str, Any], most: int) -> Iterator[dict[str, Any]]:
    names = request["ExpressionAttributeValues"]
    if names[":low"]["S"] > names[":high"]["S"]:
        return
    left = limit = most
    while left > 0:
        answer = database.dispatch("Query", request | {"Limit": limit})
        yield from answer["Items"][:left]
        left -= len(answer["Items"])
        if "LastEvaluatedKey" not in answer:
            return
        request = request | {"ExclusiveStartKey": answer["LastEvaluatedKey"]}
        limit = max(left, AT_A_TIME) if "FilterExpression" in request else left


def _query(table: str, plan: Plan, span: Span, *, down: bool) -> dict[str, Any]:
    index = plan.index
    request = {
        "TableName": table_name(index.table) if index.table else table,
        "KeyConditionExpression": "#partition = :partition AND #range BETWEEN :low AND :high",
        "ExpressionAttributeNames": {"#partition": index.partition, "#range": index.range},
        "ExpressionAttributeValues": {
            ":partition": {"S": span.partition},
            ":low": {"S": span.low},
            ":high": {"S": span.high},
        },
        "ScanIndexForward": not down,
    }
    if index.name:
        return request | {"IndexName": index.name}
    # Other items may lie among the entries.
    own = index.id_attribute
    return request | {"ProjectionExpression": f"#range, {own}", "FilterExpression": f"attribute_exists({own})"}


def _rest(plan: Plan, span: Span, after: str | None, *, down: bool) -> Span:
    """Return the rest of a span after a position."""
    if after is None:
        return span
    at = f"{span.value}{SEPARATOR}{after}" if plan.by_creation else after
    if down:
        below = at[:-1] + chr(ord(at[-1]) - 1) + HIGHEST
        return Span(span.partition, span.low, min(span.high, below), span.value)
    return Span(span.partition, max(span.low, at + "\0"), span.high, span.value)


def _entry(plan: Plan, item: dict[str, Any]) -> IndexEntry:
    index = plan.index
    key, sk = item[index.range]["S"], item[index.id_attribute]["S"].removeprefix(index.id_prefix)
    texts = index.texts(key, sk)
    return IndexEntry(sk, key.split(SEPARATOR, 1)[1] if plan.by_creation else key, texts)
