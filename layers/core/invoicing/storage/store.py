"""The store of the use cases on DynamoDB."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from pynamodb.exceptions import CancellationReason, TransactWriteError
from pynamodb.expressions.condition import Condition
from pynamodb.models import Model

from invoicing.domain.numbering.series import NumberSeries
from invoicing.operations.unit_of_work.change_set import (
    ChangeSet,
    IdempotencyRecord,
    IdempotentReplay,
    Ref,
    Remove,
    Save,
    WriteConflict,
    ref_of,
)
from invoicing.storage.dynamodb.database import Database
from invoicing.storage.dynamodb.record import Item, Record, needed
from invoicing.storage.kinds import DUE_KINDS, record_of
from invoicing.storage.kinds.events import EventRecord
from invoicing.storage.kinds.idempotency_records import IdempotencyItem
from invoicing.storage.series_schedule import reserve_slot

if TYPE_CHECKING:
    from invoicing.operations.lists.query import ListPage, ListQuery

CONDITION_FAILED = "ConditionalCheckFailed"
CONTENTION = frozenset({"TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"})
"""Cancellation reasons that are not about the data: another transaction, or a busy partition."""

MOST_KEYS = 100
"""The most items of one BatchGetItem."""

LONGEST_PK = 2048
LONGEST_SK = 1024
"""The most bytes of DynamoDB's partition and sort keys."""


class DynamoStore:
    """The store of all accounts (`invoicing.operations.unit_of_work.ports.Store`); it keeps events for some months."""

    def __init__(self, database: Database, events_kept: int) -> None:
        self._database = database
        self._events_kept = events_kept

    def find[A](self, ref: Ref[A]) -> A | None:
        """Return an entity, or None; one request."""
        if not _can_exist(ref):
            return None
        request = _record(ref).get_operation_kwargs_from_class(*_keys(ref)) | {"ConsistentRead": True}
        found: A | None = _entity(ref, self._database.dispatch("GetItem", request).get("Item"))
        return found

    def find_together(self, *refs: Ref[Any]) -> tuple[Any, ...]:
        """Read several entities in one request, and more only when DynamoDB leaves some of them out."""
        keys = [(_record(ref).Meta.table_name, *_keys(ref)) for ref in refs]
        wanted: dict[str, dict[str, Any]] = {}
        # Each key once, as DynamoDB wants it: an id that a client makes up can be the key of an item of another kind.
        for table, pk, sk in dict.fromkeys(key for ref, key in zip(refs, keys, strict=True) if _can_exist(ref)):
            asked = wanted.setdefault(table, {"Keys": [], "ConsistentRead": True})
            asked["Keys"].append({"pk": {"S": pk}, "sk": {"S": sk}})
        found = self._database.read_all(wanted)
        items = {(table, item["pk"]["S"], item["sk"]["S"]): item for table, item in found}
        return tuple(_entity(ref, items.get(key)) for ref, key in zip(refs, keys, strict=True))

    def find_idempotency_record(self, account: str, key: str, now: datetime) -> IdempotencyRecord | None:
        """Return the record of an idempotency key used within the last 24 hours, or None."""
        request = IdempotencyItem.get_operation_kwargs_from_class(IdempotencyItem.key(account, key))
        item = self._database.dispatch("GetItem", request | {"ConsistentRead": True}).get("Item")
        return IdempotencyItem.entity_of(item) if item and _is_alive(item, now) else None

    def find_idempotency_records(
        self, account: str, keys: Sequence[str], now: datetime
    ) -> dict[str, IdempotencyRecord]:
        """Return the records of idempotency keys used within the last 24 hours, by key; 100 keys in one request."""
        pks = [{"pk": {"S": IdempotencyItem.key(account, key)}} for key in dict.fromkeys(keys)]
        table = IdempotencyItem.Meta.table_name
        found = [
            item
            for first in range(0, len(pks), MOST_KEYS)
            for _, item in self._database.read_all(
                {table: {"Keys": pks[first : first + MOST_KEYS], "ConsistentRead": True}}
            )
        ]
        records = [IdempotencyItem.entity_of(item) for item in found if _is_alive(item, now)]
        return {record.key: record for record in records}

    def replace_idempotency_record(self, record: IdempotencyRecord) -> None:
        """Store another response of a request than that of its transaction; one request."""
        self._database.dispatch("PutItem", _writing(IdempotencyItem, IdempotencyItem.of(record)))

    def page_of[A](self, kind: type[A], account: str, query: ListQuery, along: Sequence[Ref[Any]] = ()) -> ListPage[A]:
        """Return one page of a list; only functions with lists load the reader."""
        from invoicing.storage.lists.page import page_of  # noqa: PLC0415

        return page_of(self._database, kind, account, query, along)

    def page_among[A](self, kind: type[A], account: str, ids: Sequence[str], query: ListQuery) -> ListPage[A]:
        """Return one page of certain entities; a request for each 100 of them."""
        from invoicing.storage.lists.page import page_among  # noqa: PLC0415

        return page_among(self._database, kind, account, ids, query)

    def commit(self, changes: ChangeSet, idempotency_record: IdempotencyRecord | None = None) -> None:
        """Write everything in one transaction; raises as `invoicing.operations.unit_of_work.ports.Store`."""
        saves, requires = changes.saves, changes.requires
        checks = [_check(require.ref, require.version) for require in requires]
        removes = [_delete(remove) for remove in changes.removes]
        first = [_put_idempotency_record(idempotency_record)] if idempotency_record else []
        puts = [*first, *(_put(save, has_clock=changes.has_clock) for save in saves)]
        # The last that is done before the transaction: who follows the events relies on how fresh their ids are.
        events = [_writing(EventRecord, EventRecord.of(event, self._events_kept)) for event in changes.events]
        try:
            self._database.transact_write_items(checks, removes, [*puts, *events], [])
        except TransactWriteError as error:
            if not error.cancellation_reasons:
                raise
            _explain(changes, saves, error.cancellation_reasons, replayed=bool(idempotency_record))

    def reserve_slot(self, series: Ref[NumberSeries], *, now: float, latest: float, length: float) -> float | None:
        """Reserve the next slot of a series; one request, two for the first slot of a new schedule."""
        pk, sk = _keys(series)
        begins = reserve_slot(
            self._database, pk, sk, now=int(now * 1000), latest=int(latest * 1000), length=int(length * 1000)
        )
        return None if begins is None else begins / 1000


def _is_alive(item: Item, now: datetime) -> bool:
    return int(item["expires_at"]["N"]) > now.timestamp()


def _explain(
    changes: ChangeSet, saves: Sequence[Save], reasons: list[CancellationReason | None], *, replayed: bool
) -> None:
    """Raise the error of a cancelled transaction from its reasons, one for each write in order.

    ``replayed``: after the checks and removals comes the write of an idempotency record.
    """
    count = len(changes.requires) + len(changes.removes)
    if replayed and (used := reasons[count]) and used.code == CONDITION_FAILED:
        raise IdempotentReplay(IdempotencyItem.entity_of(cast(dict[str, Any], used.raw_item)))
    offset = count + replayed
    writes = [
        *(require.ref for require in changes.requires),
        *(ref_of(remove.entity) for remove in changes.removes),
        *(ref_of(save.entity) for save in saves),
    ]
    outcomes = [*reasons[:count], *reasons[offset:]]
    for require, reason in zip(changes.requires, reasons, strict=False):
        if reason and reason.code == CONDITION_FAILED and require.on_conflict:
            raise require.on_conflict()
    for save, reason in zip(saves, reasons[offset:], strict=False):
        if reason and reason.code == CONDITION_FAILED and save.on_conflict:
            existing = record_of(type(save.entity)).entity_of(cast(dict[str, Any], reason.raw_item))
            raise save.on_conflict(existing)
    failed = [reason for reason in reasons if reason]
    if all(reason.code == CONDITION_FAILED or reason.code in CONTENTION for reason in failed):
        raise WriteConflict(
            _named(writes, outcomes, frozenset({CONDITION_FAILED})), _named(writes, outcomes, CONTENTION)
        )
    raise RuntimeError(f"transaction cancelled: {sorted({reason.code for reason in failed})}")


def _named(
    writes: list[Ref[Any]], outcomes: Iterable[CancellationReason | None], codes: frozenset[str]
) -> frozenset[Ref[Any]]:
    return frozenset(ref for ref, reason in zip(writes, outcomes, strict=False) if reason and reason.code in codes)


def _check(ref: Ref[Any], version: int) -> dict[str, Any]:
    record = _record(ref)
    return record.get_operation_kwargs_from_class(*_keys(ref), condition=_unchanged(record, version, None))


def _delete(remove: Remove) -> dict[str, Any]:
    ref, entity = ref_of(remove.entity), remove.entity
    unchanged = _unchanged(_record(ref), entity.version, getattr(entity, "sequence", None))
    return _record(ref).get_operation_kwargs_from_class(*_keys(ref), condition=unchanged)


def _put(save: Save, *, has_clock: bool) -> dict[str, Any]:
    record = record_of(type(save.entity))
    unchanged = _unchanged(record, save.version_before, save.sequence_before)
    item = record.of(save.entity)
    if type(save.entity).__name__ in DUE_KINDS:
        due = record.due_values(save.entity, has_clock=has_clock)
        item |= {name: {"S": text} for name, text in due.items()}
    return _writing(record, item, unchanged, return_old=save.on_conflict is not None)


def _writing(
    record: type[Model], item: Item, condition: Condition | None = None, *, return_old: bool = False
) -> dict[str, Any]:
    """Make the request that writes an item; ``return_old`` returns the one that is there if the condition fails."""
    sk = item["sk"]["S"] if "sk" in item else None
    request = record.get_operation_kwargs_from_class(item["pk"]["S"], sk, condition)
    del request["Key"]
    returned = {"ReturnValuesOnConditionCheckFailure": "ALL_OLD"} if return_old else {}
    return request | {"Item": item} | returned


def _unchanged(record: Any, version: int, sequence: int | None) -> Any:
    """Make a condition: the item has the version that was read, 0 for none, and no new event."""
    if not version:
        return record.pk.does_not_exist()
    condition = record.version == version
    return condition if sequence is None else condition & (record.sequence == sequence)


def _put_idempotency_record(record: IdempotencyRecord) -> dict[str, Any]:
    unused = IdempotencyItem.pk.does_not_exist() | (IdempotencyItem.expires_at <= int(record.created_at.timestamp()))
    return _writing(IdempotencyItem, IdempotencyItem.of(record), unused, return_old=True)


def _record(ref: Ref[Any]) -> type[Record]:
    return record_of(ref.kind)


def _keys(ref: Ref[Any]) -> tuple[str, str]:
    return _record(ref).key(ref.account, ref.id)


def _can_exist(ref: Ref[Any]) -> bool:
    """Whether DynamoDB accepts the key; clients may send any id."""
    pk, sk = _keys(ref)
    return 0 < len(pk.encode()) <= LONGEST_PK and 0 < len(sk.encode()) <= LONGEST_SK


def _entity(ref: Ref[Any], item: dict[str, Any] | None) -> Any:
    """Read the entity of an item; None when a client's id is the key of another kind in the same table."""
    record = _record(ref)
    return record.entity_of(item) if item and item.keys() >= needed(record) else None
