"""Schedules of number series in DynamoDB: until when slots are reserved."""

from typing import Any

from invoicing.storage.dynamodb.database import Database
from invoicing.storage.dynamodb.table_names import table_name


def reserve_slot(database: Database, pk: str, sk: str, *, now: int, latest: int, length: int) -> int | None:
    """Reserve the next free slot of a series; return its begin, in milliseconds since 1970.

    None, and no reservation, when it would begin after ``latest``. An item beside the series stores until when slots
    are reserved.
    """
    line = {"TableName": table_name("accounts"), "Key": {"pk": {"S": pk}, "sk": {"S": f"{sk}#line"}}}

    def update(expression: str, condition: str, **values: int) -> tuple[bool, int]:
        update: dict[str, Any] = {"UpdateExpression": expression, "ConditionExpression": condition}
        update["ExpressionAttributeValues"] = {f":{name}": {"N": str(value)} for name, value in values.items()}
        held, found = database.update(line | update)
        return held, int(found["taken_until"]["N"]) if found else 0

    while True:
        within = "taken_until BETWEEN :now AND :latest"
        held, end = update("ADD taken_until :length", within, now=now, latest=latest, length=length)
        if not held and end > latest:
            return None
        if not held:
            free = "attribute_not_exists(taken_until) OR taken_until < :now"
            held, end = update("SET taken_until = :end", free, now=now, end=now + length)
        if held:
            return end - length
