"""Reader of stored events in the order in which they were recorded."""

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

from invoicing.identifiers import first_id
from invoicing.storage.dynamodb.database import Database
from invoicing.storage.dynamodb.table_names import table_name

if TYPE_CHECKING:
    from invoicing.domain.events.event import Event


class DynamoEventLog:
    """The events of all accounts (`invoicing.operations.unit_of_work.ports.EventLog`)."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def newest(self, account: str) -> datetime | None:
        """Return the instant of the event that was recorded last; one request."""
        request = _recorded(account, "") | {"ScanIndexForward": False, "Limit": 1}
        items = self._database.dispatch("Query", request)["Items"]
        return datetime.fromisoformat(items[0]["occurred_at"]["S"]) if items else None

    def recorded_since(self, account: str, real: datetime) -> "Iterator[Event]":
        """Yield the events recorded since an instant of the real clock; a request for each megabyte."""
        from invoicing.storage.kinds.events import EventRecord  # noqa: PLC0415

        request = _recorded(account, first_id("evt", real))
        while True:
            answer = self._database.dispatch("Query", request)
            yield from map(EventRecord.entity_of, answer["Items"])
            if "LastEvaluatedKey" not in answer:
                return
            request["ExclusiveStartKey"] = answer["LastEvaluatedKey"]


def _recorded(account: str, first: str) -> dict[str, Any]:
    """Make the request for the events of an account from an id on."""
    return {
        "TableName": table_name("events"),
        "KeyConditionExpression": "pk = :account AND sk > :first",
        "ExpressionAttributeValues": {":account": {"S": account}, ":first": {"S": first or "evt_"}},
        "ConsistentRead": True,
    }
