"""Reads back what use cases cannot read yet."""

from typing import Any

from invoicing.domain.events.event import Event
from invoicing.storage.dynamodb.database import Database
from invoicing.storage.kinds.events import EventRecord
from invoicing.storage.kinds.invoices import InvoiceRecord


def items_of(database: Database, table: str, account: str) -> list[dict[str, Any]]:
    """All items of an account."""
    request: dict[str, Any] = {
        "TableName": table,
        "ConsistentRead": True,
        "KeyConditionExpression": "pk = :account",
        "ExpressionAttributeValues": {":account": {"S": account}},
    }
    items: list[dict[str, Any]] = []
    while True:
        answer = database.dispatch("Query", request)
        items += answer["Items"]
        if "LastEvaluatedKey" not in answer:
            return items
        request["ExclusiveStartKey"] = answer["LastEvaluatedKey"]


def events_of(database: Database, account: str) -> list[Event]:
    """All events of an account, oldest first."""
    return [EventRecord.entity_of(item) for item in items_of(database, EventRecord.Meta.table_name, account)]


def keys_of_invoices(database: Database, account: str) -> list[str]:
    """Invoices and reserved numbers, as their table calls them; without what the background has to change."""
    keys = [item["sk"]["S"] for item in items_of(database, InvoiceRecord.Meta.table_name, account)]
    return [key for key in keys if "_change#" not in key]
