"""Counters behind the totals of lists."""

from typing import Any

import orjson
from pynamodb.attributes import BooleanAttribute, UnicodeAttribute

from invoicing.domain.lists.list_counter import ListCounter
from invoicing.storage.dynamodb.record import Record
from invoicing.storage.dynamodb.table_names import TableName
from invoicing.storage.kinds import stores


@stores(ListCounter)
class ListCounterRecord(Record):
    """The counts of the entities that the key names."""

    class Meta:
        table_name = TableName("totals")

    counted = UnicodeAttribute()
    all_entered = BooleanAttribute(null=True)

    @classmethod
    def values(cls, entity: ListCounter) -> dict[str, Any]:
        counted = orjson.dumps(entity.counts).decode()
        pk, sk = cls.key(entity.account, entity.id)
        return {"pk": pk, "sk": sk, "version": entity.version, "counted": counted, "all_entered": entity.entered}

    def entity(self) -> ListCounter:
        return ListCounter(
            account=self.pk,
            id=self.sk,
            version=int(self.version),
            counts=orjson.loads(self.counted),
            entered=self.all_entered,
        )
