"""Reader of assigned numbers."""

from collections.abc import Sequence
from itertools import islice
from typing import Any

from invoicing.domain.numbering.audit import AssignedNumber
from invoicing.storage.dynamodb.database import Database
from invoicing.storage.kinds.number_reservations import NumberReservationRecord, assigned_number, range_of_places

BY_NUMBER = "by_number"
"""The index of numbers in the order of an audit."""


class DynamoNumbers:
    """The assigned numbers of all accounts (`invoicing.operations.unit_of_work.ports.Numbers`)."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def assigned(
        self, account: str, within: Sequence[tuple[str, ...]], *, after: AssignedNumber | None, most: int
    ) -> list[AssignedNumber]:
        """Return up to ``most`` numbers in the order of an audit; one request for each megabyte (some 7,000)."""
        found: list[AssignedNumber] = []
        for part in within:
            low, high = range_of_places(part, after)
            if low < high and len(found) < most:
                found += self._between(account, low, high, most - len(found))
        return found

    def _between(self, account: str, low: str, high: str, most: int) -> list[AssignedNumber]:
        request: dict[str, Any] = {
            "TableName": NumberReservationRecord.Meta.table_name,
            "IndexName": BY_NUMBER,
            "KeyConditionExpression": "pk = :account AND place BETWEEN :low AND :high",
            "ExpressionAttributeValues": {":account": {"S": account}, ":low": {"S": low}, ":high": {"S": high}},
            "Limit": most,
        }
        items = islice(self._database.items(request), most)
        return [assigned_number(item["sk"]["S"], item["place"]["S"]) for item in items]
