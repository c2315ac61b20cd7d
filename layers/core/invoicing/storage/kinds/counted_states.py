"""Counted states of entities; in the table of the counters, so that one request reads both."""

from datetime import datetime
from typing import Self

import orjson
from pynamodb.attributes import NumberAttribute, UnicodeAttribute

from invoicing.domain.lists.list_counter import CountedState
from invoicing.storage.dynamodb.record import Record
from invoicing.storage.dynamodb.table_names import TableName
from invoicing.storage.kinds import stores


@stores(CountedState)
class CountedStateRecord(Record):
    """The counted state of an entity; it stays when the entity is deleted, so that a late event counts nothing."""

    class Meta:
        table_name = TableName("totals")

    created_at = UnicodeAttribute()
    event_sequence = NumberAttribute()
    counters = UnicodeAttribute()

    @staticmethod
    def key(account: str, identifier: str, /) -> tuple[str, str]:
        return account, f"counted#{identifier}"

    @classmethod
    def of(cls, entity: CountedState) -> Self:
        return cls(
            *cls.key(entity.account, entity.id),
            version=entity.version,
            created_at=entity.created_at.isoformat(),
            event_sequence=entity.event_sequence,
            counters=orjson.dumps(entity.counters).decode(),
        )

    def entity(self) -> CountedState:
        return CountedState(
            account=self.pk,
            id=self.sk.removeprefix("counted#"),
            version=int(self.version),
            created_at=datetime.fromisoformat(self.created_at),
            event_sequence=int(self.event_sequence),
            counters=tuple(orjson.loads(self.counters)),
        )
