"""Reader of the index of due work, and what moves an entity between its shards."""

from collections.abc import Iterator, Sequence
from datetime import datetime
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
from invoicing.storage.kinds import DUE_KINDS

_JOBS = "jobs"


class DynamoDueWork:
    """The due work of all accounts (`invoicing.operations.unit_of_work.ports.DueWorkIndex`)."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def due(self, until: datetime) -> Iterator[Sequence[DueEntry]]:
        """Yield what is due outside test clocks, page by page; a request for each shard, and each megabyte of one."""
        for table in sorted(set(DUE_KINDS.values())):
            shards = [JOBS_SHARD] if table == _JOBS else shards_of_ticks()
            for shard in shards:
                yield from self._pages(table, shard, until)

    def of_clock(self, account: str, until: datetime, most: int) -> list[DueEntry]:
        """Return the first ``most`` entries that are due by an instant of an account's test clock, in order.

        The index may be a moment behind.
        """
        found: list[DueEntry] = []
        for table in sorted(set(DUE_KINDS.values()) - {_JOBS}):
            found += next(self._pages(table, shard_of_clock(account), until, most), [])
        return sorted(found)[:most]

    def outside_clock(self, account: str, until: datetime) -> Iterator[Sequence[DueEntry]]:
        """Yield what is due of an account of test mode as if it had no test clock."""
        for table in sorted(set(DUE_KINDS.values()) - {_JOBS}):
            yield from self._pages(table, shard_of(account, "", has_clock=False), until, account=account)

    def move(self, entry: DueEntry, *, to_clock: bool) -> None:
        """Move an entity to or from the shard of its account's test clock, unless its work has changed."""
        shard = shard_of(entry.account, entry.id, has_clock=to_clock)
        due = due_key(entry.kind, entry.id, DueWork(entry.at, entry.work))
        request = {
            "TableName": table_name(DUE_KINDS[entry.kind]),
            "Key": {"pk": {"S": entry.account}, "sk": {"S": entry.id}},
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
