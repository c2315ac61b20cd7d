"""Reader of reserved numbers."""

from typing import Any

from invoicing.domain.numbering.series import NumberReservation
from invoicing.storage.dynamodb.database import Database
from invoicing.storage.kinds.number_reservations import NumberReservationRecord


class DynamoNumbers:
    """The reserved numbers of all accounts (`invoicing.operations.unit_of_work.ports.Numbers`)."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, account: str, most: int) -> list[NumberReservation]:
        """Return up to ``most`` numbers in the order of their text; one request for each megabyte."""
        request: dict[str, Any] = {
            "TableName": NumberReservationRecord.Meta.table_name,
            "ConsistentRead": True,
            "KeyConditionExpression": "pk = :account AND begins_with(sk, :number)",
            "ExpressionAttributeValues": {
                ":account": {"S": account},
                ":number": {"S": NumberReservationRecord.key("", "")[1]},
            },
            "Limit": most,
        }
        found: list[NumberReservation] = []
        while True:
            answer = self._database.dispatch("Query", request)
            found += [NumberReservationRecord.entity_of(item) for item in answer["Items"]]
            if "LastEvaluatedKey" not in answer or len(found) >= most:
                return found[:most]
            request["ExclusiveStartKey"] = answer["LastEvaluatedKey"]
