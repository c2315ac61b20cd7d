"""Reads the invoice numbers that are taken."""

from typing import Any

from invoicing.domain.numbering import NumberReservation
from invoicing.storage.database import Database
from invoicing.storage.records import ReservationRecord


class DynamoNumbers:
    """The reservations of an account (`invoicing.operations.ports.Numbers`)."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, account: str, most: int) -> list[NumberReservation]:
        """Up to ``most`` numbers that are taken, in the order of their text; one request for each megabyte."""
        request: dict[str, Any] = {
            "TableName": ReservationRecord.Meta.table_name,
            "ConsistentRead": True,
            "KeyConditionExpression": "pk = :account AND begins_with(sk, :number)",
            "ExpressionAttributeValues": {
                ":account": {"S": account},
                ":number": {"S": ReservationRecord.key("", "")[1]},
            },
            "Limit": most,
        }
        found: list[NumberReservation] = []
        while True:
            answer = self._database.dispatch("Query", request)
            found += [ReservationRecord.entity_of(item) for item in answer["Items"]]
            if "LastEvaluatedKey" not in answer or len(found) >= most:
                return found[:most]
            request["ExclusiveStartKey"] = answer["LastEvaluatedKey"]
