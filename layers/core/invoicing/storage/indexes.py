"""The indexes that lists are read from, and how a filter becomes a range of their keys.

The range key of an index is the field's text, then the time of creation and the id, so that it is unique and things
alike in the field are in order of creation. See docs/lists.md for what each index serves and costs.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from invoicing.domain.calendar import instant_text
from invoicing.domain.events import Event
from invoicing.domain.invoice import Invoice
from invoicing.domain.money import to_major
from invoicing.domain.party import Customer
from invoicing.operations.listing import (
    CREATED,
    HIGHEST,
    Condition,
    ListQuery,
    Sort,
    amount_text,
    search_text,
)

SEPARATOR = "\x1f"
"""Between the parts of a range key: sorts before everything that is printed, so that AB comes before AB 2."""

Texts = dict[str, str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """An index of a table, or with ``name`` None the table itself.

    ``within`` is the field whose one value a partition is of, besides the account; ``field`` is what it sorts by.
    ``prefix`` begins all its range keys; ``unique`` ones are the prefix and the field alone.
    """

    name: str | None
    partition: str
    within: str | None = None
    range: str
    field: str
    prefix: str = ""
    unique: bool = False

    @property
    def lowest(self) -> str:
        """Sorts before all its range keys; DynamoDB takes no empty text."""
        return self.prefix or "\0"

    def begin(self, value: str) -> str:
        """The lowest key of things whose field has this text, or begins with it."""
        return self.prefix + value

    def texts(self, key: str, sk: str) -> Texts:
        """What a range key says of a thing."""
        if self.unique:
            return {self.field: key.removeprefix(self.prefix)}
        *component, created, _ = key.split(SEPARATOR)
        return {CREATED: created, self.field: SEPARATOR.join(component) if component else created, "id": sk}


@dataclass(frozen=True, slots=True)
class Span:
    """A range of keys in one partition, both ends included; ``single`` when all have the same text (``value``)."""

    partition: str
    low: str
    high: str
    value: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Where to read: ``in_order`` when the spans have exactly what is asked for in the order asked for.

    The order is that of whole range keys, or ``by_creation`` that of their last two parts.
    """

    index: Index
    spans: tuple[Span, ...]
    residual: tuple[Condition, ...]
    in_order: bool
    by_creation: bool
    rank: int


INVOICE_INDEXES = (
    Index(name="by_created", partition="pk", range="created", field=CREATED),
    Index(name="by_customer", partition="customer", within="customer_id", range="created", field=CREATED),
    Index(name="by_status", partition="status", within="status", range="created", field=CREATED),
    Index(name="by_status_due", partition="status", within="status", range="due", field="due_date"),
    Index(name="by_due", partition="pk", range="due", field="due_date"),
    Index(name="by_issued", partition="pk", range="issued", field="issue_date"),
    Index(name="by_amount", partition="pk", range="amount", field="amount"),
    Index(name="by_currency", partition="currency", within="currency", range="created", field=CREATED),
    # The reservations of numbers, which lie in the table anyway, are the index of numbers.
    Index(name=None, partition="pk", range="sk", field="invoice_number", prefix="number#", unique=True),
)
CUSTOMER_INDEXES = (
    Index(name="by_created", partition="listed", within="archived", range="created", field=CREATED),
    Index(name="by_email", partition="listed", within="archived", range="email", field="email"),
    Index(name="by_name", partition="listed", within="archived", range="name", field="name"),
)
EVENT_INDEXES = (
    Index(name="by_resource", partition="resource", within="resource_id", range="occurred", field=CREATED),
)


def partition_key(account: str, value: str) -> str:
    """The partition of what has one value in common; neither part has a space in it."""
    return f"{account} {value}"


def invoice_texts(invoice: Invoice) -> Texts:
    """The fields of an invoice that lists filter or sort by."""
    return {
        "id": invoice.id,
        "customer_id": invoice.buyer.id,
        "status": str(invoice.status),
        "currency": invoice.currency,
        "amount": amount_text(to_major(invoice.total, invoice.currency)),
        "due_date": invoice.due_date.isoformat(),
        "issue_date": invoice.issue_date.isoformat(),
        "invoice_number": invoice.number,
        CREATED: instant_text(invoice.created_at),
    }


def customer_texts(customer: Customer) -> Texts:
    """The fields of a customer that lists filter or sort by."""
    return {
        "id": customer.id,
        "name": search_text(customer.name),
        "email": search_text(customer.email) if customer.email else None,
        "archived": "true" if getattr(customer, "archived_at", None) else "false",
        CREATED: instant_text(customer.created_at),
    }


def event_texts(event: Event) -> Texts:
    """The fields of an event that lists filter or sort by."""
    return {
        "id": event.id,
        "resource_id": event.resource_id,
        "type": event.type,
        CREATED: instant_text(event.occurred_at),
    }


def index_values_of_invoice(invoice: Invoice) -> dict[str, Any]:
    """The attributes that put an invoice into its indexes."""
    return _index_values(invoice.account, invoice_texts(invoice), INVOICE_INDEXES)


def index_values_of_customer(customer: Customer) -> dict[str, Any]:
    """The attributes that put a customer into its indexes; into that of addresses only with one."""
    return _index_values(customer.account, customer_texts(customer), CUSTOMER_INDEXES)


def index_values_of_event(event: Event) -> dict[str, Any]:
    """The attributes that put an event into the timeline of its resource."""
    return _index_values(event.account, event_texts(event), EVENT_INDEXES)


def _index_values(account: str, texts: Texts, indexes: Iterable[Index]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    creation = f"{texts[CREATED]}{SEPARATOR}{texts['id']}"
    for index in indexes:
        text = texts[index.field]
        if index.unique or text is None:
            continue
        if index.within:
            values[index.partition] = partition_key(account, str(texts[index.within]))
        values[index.range] = creation if index.field == CREATED else f"{text}{SEPARATOR}{creation}"
    return values


def plans(account: str, query: ListQuery, indexes: Iterable[Index]) -> list[Plan]:
    """Every way to read a list, the best first."""
    found = [plan for index in indexes if (plan := _plan(account, query, index))]
    return sorted(found, key=lambda plan: (not plan.in_order, plan.rank))


def _plan(account: str, query: ListQuery, index: Index) -> Plan | None:
    residual = list(query.conditions)
    partitions = [account]
    if index.within:
        fixed = next((item for item in residual if item.field == index.within and item.operator in {"eq", "in"}), None)
        if fixed is None:
            return None
        residual.remove(fixed)
        partitions = [partition_key(account, value) for value in dict.fromkeys(fixed.values)]
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
    """Whether the index lacks things that belong in the list: those without a number, or without an address."""
    if index.field not in {"invoice_number", "email"}:
        return False
    asked = any(item.field == index.field and item.operator != "ne" for item in query.conditions)
    return not asked and all(sort.field != index.field for sort in sorts)


def in_effect(query: ListQuery) -> tuple[Sort, ...]:
    """The order without the fields in which everything that passes is alike."""
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
    """The ranges of keys that the filters on the index's own field leave; takes those filters out of ``residual``."""
    low, high = index.lowest, index.prefix + HIGHEST
    points: tuple[str, ...] | None = None
    for item in [item for item in residual if item.field == index.field]:
        if item.operator in {"eq", "in"} and points is None:
            points = tuple(dict.fromkeys(item.values))
        elif bounds := _bounds(index, item):
            low, high = max(low, bounds[0]), min(high, bounds[1])
        else:
            continue
        residual.remove(item)
    if points is None:
        return [(low, high, None)] if low <= high else []
    found = [(max(low, start), min(high, end), value) for start, end, value in (_point(index, v) for v in points)]
    return [point for point in found if point[0] <= point[1]]


def _bounds(index: Index, item: Condition) -> tuple[str, str] | None:
    """The lowest and highest key that passes a filter, None when those between do not all pass."""
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
    """How many things an index leaves to look at, guessed: the lower, the fewer."""
    narrow = {"invoice_number": 0, "email": 0, "customer_id": 1, "resource_id": 1}
    within = narrow.get(index.within or "", 6 if index.within else 9)
    if all(value is not None for _, _, value in ranges):
        return min(within, narrow.get(index.field, 2))
    low, high, _ = ranges[0]
    return within - 2 * ((low != index.lowest) + (high != index.prefix + HIGHEST))
