"""Index selection: every way to read a list, and the best one.

Filters become ranges of an index's keys.
"""

from collections.abc import Iterable

from invoicing.dataclass import dataclass
from invoicing.operations.lists.query import Condition, ListQuery, Sort
from invoicing.operations.lists.sort_texts import CREATED, HIGHEST
from invoicing.storage.dynamodb.index import SEPARATOR, Index, partition_key


@dataclass(frozen=True, slots=True)
class Span:
    """A range of keys in one partition, both ends included; ``single`` when all have the same text (``value``)."""

    partition: str
    low: str
    high: str
    value: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A way to read a list: ``in_order`` when the spans have exactly the requested entities in their order.

    The order is that of whole range keys or, with ``by_creation``, that of their ends.
    """

    index: Index
    spans: tuple[Span, ...]
    residual: tuple[Condition, ...]
    in_order: bool
    by_creation: bool
    rank: int


def plans(account: str, query: ListQuery, indexes: Iterable[Index]) -> list[Plan]:
    """Return every way to read a list, the best first."""
    found = [plan for index in indexes if (plan := _plan(account, query, index))]
    return sorted(found, key=lambda plan: (not plan.in_order, plan.rank))


def _plan(account: str, query: ListQuery, index: Index) -> Plan | None:
    residual = list(query.conditions)
    partitions = [account]
    for name in index.within.split() if index.within else ():
        fixed = next((item for item in residual if item.field == name and item.operator in {"eq", "in"}), None)
        if fixed is None or not index.has(fixed.values):
            return None
        residual.remove(fixed)
        partitions = [partition_key(part, value) for part in partitions for value in dict.fromkeys(fixed.values)]
    sorts = in_effect(query)
    if _leaves_out(index, query, sorts):
        return None
    ranges = _ranges(index, residual)
    single = bool(ranges) and all(value is not None for _, _, value in ranges)
    by_creation = single and not index.unique and [sort.field for sort in sorts] == [CREATED]
    native = by_creation or _is_native(index, sorts)
    return Plan(
        index=index,
        spans=tuple(Span(partition, *range_) for partition in partitions for range_ in ranges),
        residual=tuple(residual),
        in_order=native and not residual,
        by_creation=by_creation,
        rank=_rank(index, ranges),
    )


def _leaves_out(index: Index, query: ListQuery, sorts: tuple[Sort, ...]) -> bool:
    """Whether the index lacks entities of the list: those without its field."""
    if not index.sparse:
        return False
    filtered = any(item.field == index.field and item.operator != "ne" for item in query.conditions)
    return not filtered and all(sort.field != index.field for sort in sorts)


def in_effect(query: ListQuery) -> tuple[Sort, ...]:
    """Return the sort fields that differ among the results; filters fix the others."""
    fixed = {item.field for item in query.conditions if item.operator == "eq" and item.field != CREATED}
    left = tuple(sort for sort in query.sorts if sort.field not in fixed)
    return left or (Sort(CREATED, query.sorts[-1].descending),)


def _is_native(index: Index, sorts: tuple[Sort, ...]) -> bool:
    """Whether the order is that of the index's keys, in one of the two directions."""
    first = sorts[0]
    if first.field != index.field:
        return False
    return index.unique or sorts[1:] in {(), (Sort(CREATED, first.descending),) if index.field != CREATED else ()}


def _ranges(index: Index, residual: list[Condition]) -> list[tuple[str, str, str | None]]:
    """Return the key ranges of the filters on the index's own field; removes those filters from ``residual``."""
    low, high = index.lowest, index.prefix + HIGHEST
    points: tuple[str, ...] | None = None
    for item in [item for item in residual if item.field == index.field]:
        if item.operator in {"eq", "in"} and points is None:
            points = _apart(item.values) if index.field == CREATED else tuple(dict.fromkeys(item.values))
        elif bounds := _bounds(index, item):
            low, high = max(low, bounds[0]), min(high, bounds[1])
        else:
            continue
        residual.remove(item)
    if points is None:
        return [(low, high, None)] if low <= high else []
    found = [(max(low, start), min(high, end), value) for start, end, value in (_point(index, v) for v in points)]
    return [point for point in found if point[0] <= point[1]]


def _apart(values: tuple[str, ...]) -> tuple[str, ...]:
    """Drop beginnings of instants within another one, so that no entity is read twice."""
    found = dict.fromkeys(values)
    return tuple(value for value in found if not any(value != other and value.startswith(other) for other in found))


def _bounds(index: Index, item: Condition) -> tuple[str, str] | None:
    """Return the lowest and highest key that pass a filter, None when not all keys between them pass."""
    start = index.begin(item.value)
    match item.operator:
        case "gte":
            return start, index.prefix + HIGHEST
        case "gt":
            return start + HIGHEST, index.prefix + HIGHEST
        case "lte":
            return index.lowest, start + HIGHEST
        case "lt":
            return index.lowest, start
        case "like" if item.value.find("%") == len(item.value) - 1 > 0:
            return start[:-1], start[:-1] + HIGHEST
        case _:
            return None


def _point(index: Index, value: str) -> tuple[str, str, str | None]:
    start = index.begin(value)
    if index.unique:
        return start, start, value
    if index.field == CREATED:
        return start, start + HIGHEST, None
    return start + SEPARATOR, start + SEPARATOR + HIGHEST, value


def _rank(index: Index, ranges: list[tuple[str, str, str | None]]) -> int:
    """Estimate how many entities remain to examine: the lower, the fewer."""
    within = index.within_rank if index.within else 9
    if all(value is not None for _, _, value in ranges):
        return min(within, index.field_rank)
    low, high, _ = ranges[0]
    return within - 2 * ((low != index.lowest) + (high != index.prefix + HIGHEST))
