"""Reader of the index of due work, and what moves an entity between its shards."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from heapq import merge
from itertools import batched, chain
from typing import Any

from botocore.exceptions import ClientError

from invoicing.domain.due_work import DueEntry, DueWork
from invoicing.storage.dynamodb.database import Database
from invoicing.storage.dynamodb.due_work import (
    BY_DUE_WORK,
    JOBS_SHARD,
    due_key,
    end_of_instant,
    entry_of,
    shard_of,
    shard_of_clock,
    shards_of_ticks,
)
from invoicing.storage.dynamodb.table_names import table_name
from invoicing.storage.kinds import DUE_KINDS, REAL_TIME, prefix_of, record_of

_OF_CLOCKS = sorted(set(DUE_KINDS.values()) - REAL_TIME)
"""The tables of due work that waits for test clocks: jobs run in real time."""

_PREFIXES = sorted({prefix_of(kind) for kind in DUE_KINDS})

AT_A_TIME = 500
"""Entries of a clock that are read in one request."""

MOST_KEYS = 100
"""The most keys of one BatchGetItem request."""


class DynamoDueWork:
    """The due work of all accounts (`invoicing.operations.unit_of_work.ports.DueWorkIndex`)."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def due(self, until: datetime) -> Iterator[Sequence[DueEntry]]:
        """Yield what is due outside test clocks, page by page; a request for each shard, and each megabyte of one."""
        for table in sorted(set(DUE_KINDS.values())):
            shards = [JOBS_SHARD] if table in REAL_TIME else shards_of_ticks()
            for shard in shards:
                yield from self._pages(table, shard, until)

    def of_clock(self, account: str, until: datetime) -> Iterator[DueEntry]:
        """Return what is due by an instant of an account's test clock, in order, read as it is asked for.

        The index may be a moment behind.
        """
        shard = shard_of_clock(account)
        yield from merge(*(chain.from_iterable(self._pages(table, shard, until, AT_A_TIME)) for table in _OF_CLOCKS))

    def outside_clock(self, account: str, until: datetime) -> Iterator[Sequence[DueEntry]]:
        """Yield what is due of an account of test mode as if it had no test clock."""
        for table in _OF_CLOCKS:
            yield from self._pages(table, shard_of(account, "", has_clock=False), until, account=account)

    def entry_of(self, entity: Any) -> DueEntry | None:
        """Return the entry of an entity of an account with a test clock as it is written, None without due work."""
        table = DUE_KINDS.get(type(entity).__name__)
        if table is None or table in REAL_TIME:
            return None
        due = record_of(type(entity)).due_values(entity, has_clock=True)
        key = {"pk": {"S": entity.account}, "sk": {"S": entity.id}}
        return entry_of(table, key | {"due_at": {"S": due["due_at"]}}) if due else None

    def entries_of(self, account: str, ids: Iterable[str]) -> Iterator[DueEntry]:
        """Return the entries of those of some entities that have due work, strongly consistent; in no order."""
        for some in batched(ids, MOST_KEYS // len(_OF_CLOCKS) // len(_PREFIXES), strict=False):
            keys = [{"pk": {"S": account}, "sk": {"S": prefix + each}} for each in some for prefix in _PREFIXES]
            wanted = {"Keys": keys, "ConsistentRead": True, "ProjectionExpression": "pk, sk, due_at"}
            for name, item in self._database.read_all({table_name(table): wanted for table in _OF_CLOCKS}):
                if "due_at" in item:
                    yield entry_of(next(table for table in _OF_CLOCKS if table_name(table) == name), item)

    def move(self, entry: DueEntry, *, to_clock: bool) -> None:
        """Move an entity to or from the shard of its account's test clock, unless its work has changed."""
        shard = shard_of(entry.account, entry.id, has_clock=to_clock)
        due = due_key(entry.kind, entry.id, DueWork(entry.at, entry.work))
        request = {
            "TableName": table_name(DUE_KINDS[entry.kind]),
            "Key": {"pk": {"S": entry.account}, "sk": {"S": prefix_of(entry.kind) + entry.id}},
            "UpdateExpression": "SET due_shard = :shard",
            "ConditionExpression": "due_at = :due",
            "ExpressionAttributeValues": {":shard": {"S": shard}, ":due": {"S": due}},
        }
        try:
            self._database.dispatch("UpdateItem", request)
        except ClientError as error:
            if error.response["Error"]["Code"] != "ConditionalCheckFailedException":
                raise

    def _pages(
        self, table: str, shard: str, until: datetime, most: int | None = None, *, account: str | None = None
    ) -> Iterator[list[DueEntry]]:
        values = {":shard": {"S": shard}, ":until": {"S": end_of_instant(until)}}
        request: dict[str, Any] = {
            "TableName": table_name(table),
            "IndexName": BY_DUE_WORK,
            "KeyConditionExpression": "due_shard = :shard AND due_at < :until",
            "ExpressionAttributeValues": values,
        }
        if most is not None:
            request["Limit"] = most
        if account is not None:
            values[":account"] = {"S": account}
            request["FilterExpression"] = "pk = :account"
        for page in self._database.pages(request):
            if page:
                yield [entry_of(table, item) for item in page]
