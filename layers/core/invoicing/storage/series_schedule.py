"""The lines of those who wait for a number series, in DynamoDB."""

from typing import Any

from invoicing.storage.dynamodb.database import Database
from invoicing.storage.dynamodb.table_names import table_name


def reserve_slot(database: Database, pk: str, sk: str, *, now: int, latest: int, length: int) -> int | None:
    """When the next free slot of a series begins, which is the caller's from then on; milliseconds since 1970.

    None when it would begin after ``latest``: then none is taken. An item beside the series has until when they are.
    """
    line = {"TableName": table_name("accounts"), "Key": {"pk": {"S": pk}, "sk": {"S": f"{sk}#line"}}}

    def update(expression: str, condition: str, **values: int) -> tuple[bool, int]:
        asked: dict[str, Any] = {"UpdateExpression": expression, "ConditionExpression": condition}
        asked["ExpressionAttributeValues"] = {f":{name}": {"N": str(value)} for name, value in values.items()}
        held, found = database.update(line | asked)
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
