"""The store of the use cases on DynamoDB."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any, cast

from pynamodb.exceptions import CancellationReason, TransactWriteError

from invoicing.domain.numbering import NumberSeries
from invoicing.operations.changes import AlreadyDone, ChangedMeanwhile, Changes, Mark, Ref, Remove, Save
from invoicing.storage.database import Database
from invoicing.storage.event_records import EventRecord
from invoicing.storage.record import Record
from invoicing.storage.records import MarkRecord
from invoicing.storage.tables import record_of
from invoicing.storage.waiting_line import take_slot

if TYPE_CHECKING:
    from invoicing.operations.listing import Listed, ListQuery

CONDITION_FAILED = "ConditionalCheckFailed"
OVERTAKEN = frozenset({"TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"})
"""Reasons that say nothing of the data: the transaction met another one, or a busy partition."""

LONGEST_PK = 2048
LONGEST_SK = 1024
"""Bytes that DynamoDB takes as a key."""


class DynamoStore:
    """Reads consistently; commits the changes of a use case in one transaction (`invoicing.operations.ports.Store`)."""

    def __init__(self, database: Database, events_kept: timedelta) -> None:
        self._database = database
        self._events_kept = events_kept

    def find[A](self, ref: Ref[A]) -> A | None:
        """One thing, or None; one request."""
        if not _can_exist(ref):
            return None
        request = _record(ref).get_operation_kwargs_from_class(*_keys(ref)) | {"ConsistentRead": True}
        found: A | None = _entity(ref, self._database.dispatch("GetItem", request).get("Item"))
        return found

    def find_together(self, *refs: Ref[Any]) -> tuple[Any, ...]:
        """Several things in one request, and more only when DynamoDB leaves some of them out."""
        wanted: dict[str, dict[str, Any]] = {}
        for ref in filter(_can_exist, refs):
            pk, sk = _keys(ref)
            table = wanted.setdefault(_record(ref).Meta.table_name, {"Keys": [], "ConsistentRead": True})
            table["Keys"].append({"pk": {"S": pk}, "sk": {"S": sk}})
        found = self._database.read_all(wanted)
        items = {(table, item["pk"]["S"], item["sk"]["S"]): item for table, item in found}
        return tuple(_entity(ref, items.get((_record(ref).Meta.table_name, *_keys(ref)))) for ref in refs)

    def find_mark(self, account: str, key: str, now: datetime) -> Mark | None:
        """What an idempotency key did within the last 24 hours, or None."""
        request = MarkRecord.get_operation_kwargs_from_class(MarkRecord.key(account, key)) | {"ConsistentRead": True}
        item = self._database.dispatch("GetItem", request).get("Item")
        record = MarkRecord.from_raw_data(item) if item else None
        return record.mark(account, key) if record and record.expires_at > now.timestamp() else None

    def page_of[A](self, kind: type[A], account: str, query: ListQuery) -> Listed[A]:
        """One page of a list; only functions that have one load what reads it."""
        from invoicing.storage.lists import page_of  # noqa: PLC0415

        return page_of(self._database, kind, account, query)

    def page_among[A](self, kind: type[A], account: str, ids: Sequence[str], query: ListQuery) -> Listed[A]:
        """One page of certain things; a request for each 100 of them."""
        from invoicing.storage.lists import page_among  # noqa: PLC0415

        return page_among(self._database, kind, account, ids, query)

    def commit(self, changes: Changes, mark: Mark | None = None) -> None:
        """Write everything in one transaction; raises what `invoicing.operations.ports.Store` says."""
        checks = [_check(require.ref, require.version) for require in changes.requires]
        removes = [_check(_ref(remove), remove.entity.version) for remove in changes.removes]
        saves = [_put(save) for save in changes.saves]
        events = [EventRecord.of(event, self._events_kept).get_save_kwargs_from_instance() for event in changes.events]
        marks = [_put_mark(mark)] if mark else []
        try:
            self._database.transact_write_items(checks, removes, [*marks, *saves, *events], [])
        except TransactWriteError as error:
            if not error.cancellation_reasons:
                raise
            _explain(changes, mark, error.cancellation_reasons)

    def take_slot(self, series: Ref[NumberSeries], *, now: float, latest: float, length: float) -> float | None:
        """The next slot of a series' line; one request, two for the first of a new line."""
        pk, sk = _keys(series)
        begins = take_slot(
            self._database, pk, sk, now=int(now * 1000), latest=int(latest * 1000), length=int(length * 1000)
        )
        return None if begins is None else begins / 1000


def _explain(changes: Changes, mark: Mark | None, reasons: list[CancellationReason | None]) -> None:
    """Raise what the reasons of a cancelled transaction, one for each write in order, mean to the use case."""
    count = len(changes.requires) + len(changes.removes)
    if mark and (used := reasons[count]) and used.code == CONDITION_FAILED:
        item = cast(dict[str, Any], used.raw_item)
        raise AlreadyDone(MarkRecord.from_raw_data(item).mark(mark.account, mark.key))
    offset = count + bool(mark)
    writes = [*(require.ref for require in changes.requires), *map(_ref, changes.removes), *map(_ref, changes.saves)]
    outcomes = [*reasons[:count], *reasons[offset:]]
    for save, reason in zip(changes.saves, reasons[offset:], strict=False):
        if reason and reason.code == CONDITION_FAILED and save.otherwise:
            existing = record_of(type(save.entity)).entity_of(cast(dict[str, Any], reason.raw_item))
            raise save.otherwise(existing)
    failed = [reason for reason in reasons if reason]
    if all(reason.code == CONDITION_FAILED or reason.code in OVERTAKEN for reason in failed):
        raise ChangedMeanwhile(
            _named(writes, outcomes, frozenset({CONDITION_FAILED})), _named(writes, outcomes, OVERTAKEN)
        )
    raise RuntimeError(f"transaction cancelled: {sorted({reason.code for reason in failed})}")


def _named(
    writes: list[Ref[Any]], outcomes: Iterable[CancellationReason | None], codes: frozenset[str]
) -> frozenset[Ref[Any]]:
    return frozenset(ref for ref, reason in zip(writes, outcomes, strict=False) if reason and reason.code in codes)


def _check(ref: Ref[Any], version: int) -> dict[str, Any]:
    record = _record(ref)
    return record.get_operation_kwargs_from_class(*_keys(ref), condition=record.version == version)


def _put(save: Save) -> dict[str, Any]:
    record: Record = record_of(type(save.entity)).of(save.entity)
    before = save.entity.version - 1
    condition = type(record).version == before if before else type(record).pk.does_not_exist()
    return record.get_save_kwargs_from_instance(
        condition=condition, return_values_on_condition_failure="ALL_OLD" if save.otherwise else None
    )


def _put_mark(mark: Mark) -> dict[str, Any]:
    record = MarkRecord.of(mark)
    unused = MarkRecord.pk.does_not_exist() | (MarkRecord.expires_at <= int(mark.created_at.timestamp()))
    return record.get_save_kwargs_from_instance(condition=unused, return_values_on_condition_failure="ALL_OLD")


def _record(ref: Ref[Any]) -> type[Record]:
    record: type[Record] = record_of(ref.kind)
    return record


def _keys(ref: Ref[Any]) -> tuple[str, str]:
    return _record(ref).key(ref.account, ref.id)


def _ref(change: Save | Remove) -> Ref[Any]:
    return Ref(type(change.entity), change.entity.account, change.entity.id)


def _can_exist(ref: Ref[Any]) -> bool:
    """Whether DynamoDB takes the key; clients may ask for anything."""
    pk, sk = _keys(ref)
    return 0 < len(pk.encode()) <= LONGEST_PK and 0 < len(sk.encode()) <= LONGEST_SK


def _entity(ref: Ref[Any], item: dict[str, Any] | None) -> Any:
    """The thing of an item; None too when the id a client gave is the key of something else in the same table."""
    record = _record(ref)
    return record.entity_of(item) if item and item.keys() >= _needed(record) else None


@cache
def _needed(record: type[Record]) -> frozenset[str]:
    return frozenset(name for name, attribute in record.get_attributes().items() if not attribute.null)
