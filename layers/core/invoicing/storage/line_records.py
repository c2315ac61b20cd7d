"""The lines of those who wait for a number series, in DynamoDB."""

from typing import cast

from botocore.exceptions import ClientError
from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action
from pynamodb.models import Model

from invoicing.storage.database import Database
from invoicing.storage.tables import TableName


class LineRecord(Model):
    """Until when the slots of a series are given away, in milliseconds since 1970; it lies beside the series."""

    class Meta:
        table_name = TableName("accounts")

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True)
    taken_until = NumberAttribute()


def take_slot(database: Database, pk: str, sk: str, now: int, length: int) -> int:
    """When the next free slot of a series begins, which is the caller's from then on; milliseconds since 1970."""
    line = LineRecord(pk, f"{sk}#line")
    while True:
        if end := _updated(database, line, LineRecord.taken_until.add(length), LineRecord.taken_until > now):
            return end - length
        free = LineRecord.taken_until.does_not_exist() | (LineRecord.taken_until <= now)
        if end := _updated(database, line, LineRecord.taken_until.set(now + length), free):
            return end - length


def _updated(database: Database, line: LineRecord, action: Action, condition: Condition) -> int | None:
    """Until when slots are taken after the update; None when the condition did not hold."""
    request = line.get_update_kwargs_from_instance(actions=[action], condition=condition)
    try:
        answer = database.dispatch("UpdateItem", request | {"ReturnValues": "ALL_NEW"})
    except ClientError as error:
        if error.response["Error"]["Code"] != "ConditionalCheckFailedException":
            raise
        return None
    return int(cast(str, answer["Attributes"]["taken_until"]["N"]))
