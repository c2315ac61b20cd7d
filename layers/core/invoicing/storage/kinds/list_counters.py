"""Counters behind the totals of lists."""

from typing import Self

from pynamodb.attributes import NumberAttribute

from invoicing.domain.lists.list_counter import ListCounter
from invoicing.storage.dynamodb.record import Record
from invoicing.storage.dynamodb.table_names import TableName
from invoicing.storage.kinds import stores


@stores(ListCounter)
class ListCounterRecord(Record):
    """The number of entities of the sort that the key names."""

    class Meta:
        table_name = TableName("totals")

    counted = NumberAttribute()

    @classmethod
    def of(cls, entity: ListCounter) -> Self:
        return cls(*cls.key(entity.account, entity.id), version=entity.version, counted=entity.count)

    def entity(self) -> ListCounter:
        return ListCounter(account=self.pk, id=self.sk, version=int(self.version), count=int(self.counted))
