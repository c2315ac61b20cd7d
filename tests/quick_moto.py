"""Has moto do in less time what took most of it: writing answers, and taking transactions back."""

from collections import defaultdict
from copy import copy
from typing import Any

from moto.core.serialize import ResponseSerializer
from moto.dynamodb.models import DynamoDBBackend
from moto.dynamodb.models.table import Table

_write = ResponseSerializer._serialize_structure_member
_transact = DynamoDBBackend.transact_write_items


def install() -> None:
    """For all of this process."""
    ResponseSerializer._serialize_structure_member = _write_what_is_there  # type: ignore[method-assign]
    DynamoDBBackend.transact_write_items = _transact_without_updates  # type: ignore[method-assign]
    Table.__deepcopy__ = _as_it_is  # type: ignore[attr-defined]


def _write_what_is_there(self: ResponseSerializer, serialized: Any, value: Any, shape: Any, key: str) -> None:
    """A value of an item, such as ``{"S": "inv_1"}``, has one of ten types; moto seeks each under a dozen names."""
    if type(value) is dict and key not in value and shape.parent.name == "AttributeValue":
        return
    _write(self, serialized, value, shape, key)


def _as_it_is(self: Any, _: Any) -> Any:
    """What moto goes back to when a transaction fails, of which it makes a copy for each item of each transaction.

    Puts and deletions replace whole items, so that the copy can share them.
    """
    kept = copy(self)
    kept.items = defaultdict(dict)
    kept.items |= {key: dict(found) if isinstance(found, dict) else found for key, found in self.items.items()}
    if self.stream_shard:
        kept.stream_shard = copy(self.stream_shard)
        kept.stream_shard.table, kept.stream_shard.items = kept, [*self.stream_shard.items]
    return kept


def _transact_without_updates(self: DynamoDBBackend, transact_items: list[dict[str, Any]]) -> None:
    assert not any("Update" in item for item in transact_items), "moto changes items in place: copy them whole again"
    _transact(self, transact_items)
