"""Reader of stored events in the order in which they were recorded."""

from datetime import datetime
from typing import Any

from invoicing.storage.dynamodb.database import Database
from invoicing.storage.dynamodb.table_names import table_name


class DynamoEventLog:
    """The events of all accounts (`invoicing.operations.unit_of_work.ports.EventLog`)."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def newest(self, account: str) -> datetime | None:
        """Return the instant of the event that was recorded last; one request."""
        request: dict[str, Any] = {
            "TableName": table_name("events"),
            "KeyConditionExpression": "pk = :account",
            "ExpressionAttributeValues": {":account": {"S": account}},
            "ScanIndexForward": False,
            "Limit": 1,
            "ConsistentRead": True,
        }
        items = self._database.dispatch("Query", request)["Items"]
        return datetime.fromisoformat(items[0]["occurred_at"]["S"]) if items else None
