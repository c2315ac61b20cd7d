"""Reader of the event log: events in the order of their ids, from the table itself."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import batched
from typing import Any

from invoicing.domain.events.event import Event
from invoicing.identifiers import first_id
from invoicing.operations.lists.sort_texts import HIGHEST
from invoicing.storage.dynamodb.database import Database
from invoicing.storage.dynamodb.index import partition_key
from invoicing.storage.kinds.events import EventRecord

BY_RESOURCE = "by_resource"
"""The index of events by resource, with keys alone."""

INDEX_LAG = timedelta(minutes=1)
"""How long an event may take to appear in the index: younger ones are looked for in the table."""


class DynamoEventLog:
    """The events of all accounts (`invoicing.operations.unit_of_work.ports.EventLog`)."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def between(
        self,
        account: str,
        above: str,
        below: str,
        *,
        newest_first: bool,
        resource_id: str | None,
        at_a_time: int,
    ) -> Iterator[Event]:
        """Return the events with ids between two texts, which are excluded, as they are asked for.

        Those of an account are read in their order. Of a resource, all keys are read first, in one request for each
        megabyte of them: an index has them in order of creation, by a clock that may be a test clock. It can be behind,
        so events of the last minute are found in the table.
        """
        low, high = f"{above}\0", _before(below)
        if low > high:
            return
        if resource_id is None:
            request = _in_table(account, low, high) | {"ScanIndexForward": not newest_first, "Limit": at_a_time}
            yield from map(EventRecord.entity_of, self._database.items(request))
            return
        ids = {item["sk"]["S"] for item in self._database.items(_in_index(account, resource_id))}
        recent = max(low, first_id("evt", datetime.now(UTC) - INDEX_LAG))
        if recent <= high:
            request = _of_resource(_in_table(account, recent, high), resource_id)
            ids |= {item["sk"]["S"] for item in self._database.items(request)}
        chosen = sorted((event_id for event_id in ids if low <= event_id <= high), reverse=newest_first)
        for some in batched(chosen, min(at_a_time, 100), strict=False):
            yield from self._together(account, some)

    def _together(self, account: str, ids: tuple[str, ...]) -> Iterator[Event]:
        keys = [{"pk": {"S": account}, "sk": {"S": event_id}} for event_id in ids]
        wanted = {EventRecord.Meta.table_name: {"Keys": keys, "ConsistentRead": True}}
        items = {item["sk"]["S"]: item for _, item in self._database.read_all(wanted)}
        return (EventRecord.entity_of(items[event_id]) for event_id in ids if event_id in items)


def _in_table(account: str, low: str, high: str) -> dict[str, Any]:
    return {
        "TableName": EventRecord.Meta.table_name,
        "KeyConditionExpression": "pk = :account AND sk BETWEEN :low AND :high",
        "ExpressionAttributeValues": {":account": {"S": account}, ":low": {"S": low}, ":high": {"S": high}},
        "ConsistentRead": True,
    }


def _of_resource(request: dict[str, Any], resource_id: str) -> dict[str, Any]:
    """Leave out the events of other resources, and all but the ids."""
    values = request["ExpressionAttributeValues"] | {":resource": {"S": resource_id}}
    narrowed = {"FilterExpression": "resource_id = :resource", "ProjectionExpression": "sk"}
    return request | narrowed | {"ExpressionAttributeValues": values}


def _in_index(account: str, resource_id: str) -> dict[str, Any]:
    return {
        "TableName": EventRecord.Meta.table_name,
        "IndexName": BY_RESOURCE,
        "KeyConditionExpression": "#partition = :partition",
        "ExpressionAttributeNames": {"#partition": "resource"},
        "ExpressionAttributeValues": {":partition": {"S": partition_key(account, resource_id)}},
        "ProjectionExpression": "sk",
    }


def _before(key: str) -> str:
    """Return a text after all keys before this one."""
    return key[:-1] + chr(ord(key[-1]) - 1) + HIGHEST
