"""Counts the requests that this process sends to AWS, and DynamoDB's units by the sizes of what is read and written.

A write unit is 1 KB, of the item before or after the write, whichever is larger; twice that in a transaction, where a
condition on an item that is not written costs as much as writing it. An index costs standard units, in transactions
too: one for an entry that is new, gone or holds something else (by the KB), two when its key changed, none when it
stays as it was. A read
unit is 4 KB read for certain, or 8 KB that may be outdated; an item that is not there costs as much as a small one, a
Query counts all that it looks at together.
"""

import contextlib
import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from botocore.exceptions import ClientError

from invoicing.wiring import wiring
from tests.aws import Aws
from tests.template import Template

Item = dict[str, Any]

READ, WRITTEN = 4096, 1024
"""Bytes of a unit."""


@dataclass
class Cost:
    """What one call cost: the requests in order, and DynamoDB's units."""

    name: str
    requests: list[str] = field(default_factory=list)
    read_units: float = 0
    write_units: float = 0
    refused: bool = False


@dataclass(frozen=True)
class Keys:
    """Names of the keys of a table, and for each of its indexes those of all keys of an entry, and of all it holds.

    An index that holds whole items has None for these.
    """

    own: frozenset[str]
    indexes: dict[str, tuple[frozenset[str], frozenset[str] | None]]


def keys_of_tables(template: Template) -> dict[str, Keys]:
    """By the names of the tables."""
    found = {}
    for logical_id, table in template.resources("AWS::DynamoDB::Table").items():
        own = _names(table["Properties"])
        indexes: dict[str, tuple[frozenset[str], frozenset[str] | None]] = {}
        for kind in ("GlobalSecondaryIndexes", "LocalSecondaryIndexes"):
            for index in table["Properties"].get(kind, []):
                names, projection = own | _names(index), index["Projection"]
                whole = projection["ProjectionType"] == "ALL"
                held = None if whole else names | {*projection.get("NonKeyAttributes", [])}
                indexes[index["IndexName"]] = names, held
        found[template.value({"Ref": logical_id})] = Keys(own, indexes)
    return found


def index_units(before: Item | None, after: Item | None, keys: Keys) -> int:
    """Write units that the indexes of a table take when an item changes; None is no item."""
    units = 0
    for names, held in keys.indexes.values():
        old, new = _entry(before, names, held), _entry(after, names, held)
        if old and new and old != new and all(old[name] == new[name] for name in names):
            units += units_of(max(old, new, key=size_of), WRITTEN)
        elif old != new:
            units += sum(units_of(entry, WRITTEN) for entry in (old, new) if entry)
    return units


def units_of(item: Item | None, size_of_unit: int) -> int:
    """Units of an item, of which one that is not there takes one too."""
    return max(1, math.ceil(size_of(item) / size_of_unit))


def size_of(item: Item | None) -> int:
    """Bytes of an item as DynamoDB counts them."""
    return sum(len(name.encode()) + _size(value) for name, value in (item or {}).items())


NARROWING = {"Select", "ProjectionExpression", "FilterExpression"}
"""What makes the answer of a query smaller, and not what it costs."""


class Meter:
    """Counts what the functions of this process ask of AWS."""

    def __init__(self, aws: Aws, template: Template) -> None:
        self.costs: list[Cost] = []
        self._cost = Cost("")
        self._dynamodb = aws.client("dynamodb")
        self._keys = keys_of_tables(template)
        database = wiring().database
        # Clients copy the listeners of their session when they are made, and none is made before the first call.
        database.session.register("before-send", self._count)
        self._dispatch = database.dispatch
        vars(database)["dispatch"] = self._dispatch_measured

    @contextlib.contextmanager
    def cost_of(self, name: str) -> Iterator[None]:
        """What is asked within the block."""
        self._cost = Cost(name)
        try:
            yield
        finally:
            self.costs.append(self._cost)
            self._cost = Cost("")

    def _count(self, **told: Any) -> None:
        self._cost.requests.append(told["event_name"].rpartition(".")[2])

    def _dispatch_measured(self, operation: str, asked: dict[str, Any]) -> dict[str, Any]:
        transaction = operation == "TransactWriteItems"
        alone = [{operation: asked}] if operation in {"PutItem", "UpdateItem"} else []
        writes = asked["TransactItems"] if transaction else alone
        before = [self._stored(write) for write in writes]
        try:
            answer = self._dispatch(operation, asked)
        except ClientError:
            self._cost.refused = transaction
            self._cost.write_units += 0 if transaction else 1
            raise
        if operation == "Query":
            self._cost.read_units += self._queried(asked)
        elif operation == "GetItem":
            self._cost.read_units += _read([answer.get("Item")], asked)
        elif operation == "BatchGetItem":
            for table, wanted in asked["RequestItems"].items():
                found = answer["Responses"].get(table, [])
                self._cost.read_units += _read([*found, *[None] * (len(wanted["Keys"]) - len(found))], wanted)
        elif not writes:
            raise NotImplementedError(operation)
        for write, old in zip(writes, before, strict=True):
            self._cost.write_units += self._written(write, old, 2 if transaction else 1)
        return answer

    def _written(self, write: dict[str, Any], before: Item | None, price: int) -> int:
        """Units of a write that was made, or of a condition that held."""
        after = self._stored(write)
        ((_, asked),) = write.items()
        larger = max(before, after, key=size_of)
        return price * units_of(larger, WRITTEN) + index_units(before, after, self._keys[asked["TableName"]])

    def _stored(self, write: dict[str, Any]) -> Item | None:
        """The item that a write, or a part of a transaction, is about, as it is now."""
        ((_, asked),) = write.items()
        table, named = asked["TableName"], asked.get("Key") or asked["Item"]
        key = {name: named[name] for name in self._keys[table].own}
        found: Item | None = self._dynamodb.get_item(TableName=table, Key=key).get("Item")
        return found

    def _queried(self, asked: dict[str, Any]) -> float:
        """Units of what a query looks at, whatever it hands out: of an index its entries, of a table whole items."""
        whole = {name: value for name, value in asked.items() if name not in NARROWING}
        items = self._dynamodb.query(**whole)["Items"]
        if index := asked.get("IndexName"):
            names, held = self._keys[asked["TableName"]].indexes[index]
            items = [_entry(item, names, held) for item in items]
        units = max(1, math.ceil(sum(map(size_of, items)) / READ))
        return units * _price(asked)


def _read(items: list[Item | None], asked: dict[str, Any]) -> float:
    return sum(units_of(item, READ) for item in items) * _price(asked)


def _price(asked: dict[str, Any]) -> float:
    return 1 if asked.get("ConsistentRead") else 0.5


def _names(keyed: Any) -> frozenset[str]:
    return frozenset(key["AttributeName"] for key in keyed["KeySchema"])


def _entry(item: Item | None, names: frozenset[str], held: frozenset[str] | None) -> Item | None:
    """What an index has of an item: nothing when a key is missing."""
    if not item or not names <= item.keys():
        return None
    return item if held is None else {name: item[name] for name in held & item.keys()}


def _size(attribute: dict[str, Any]) -> int:
    ((kind, value),) = attribute.items()
    if kind == "N":
        return math.ceil(len(value) / 2) + 1
    return len(value if kind == "B" else value.encode())
