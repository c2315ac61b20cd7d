"""How figures are stored, and what of each thing they have counted: in one table, so that one request reads both."""

from datetime import datetime
from typing import Self

import orjson
from pynamodb.attributes import NumberAttribute, UnicodeAttribute

from invoicing.domain.figures import Counted, Figure
from invoicing.storage.record import Record
from invoicing.storage.tables import TableName


class FigureRecord(Record):
    """How many there are of what the key says."""

    class Meta:
        table_name = TableName("figures")

    counted = NumberAttribute()

    @classmethod
    def of(cls, entity: Figure) -> Self:
        return cls(*cls.key(entity.account, entity.id), version=entity.version, counted=entity.count)

    def entity(self) -> Figure:
        return Figure(account=self.pk, id=self.sk, version=int(self.version), count=int(self.counted))


class CountedRecord(Record):
    """In which state a thing is counted; it stays when the thing is gone, so that what is told late counts nothing."""

    class Meta:
        table_name = TableName("figures")

    created_at = UnicodeAttribute()
    revision = NumberAttribute()
    stage = NumberAttribute()
    figures = UnicodeAttribute()

    @staticmethod
    def key(account: str, identifier: str, /) -> tuple[str, str]:
        return account, f"counted#{identifier}"

    @classmethod
    def of(cls, entity: Counted) -> Self:
        return cls(
            *cls.key(entity.account, entity.id),
            version=entity.version,
            created_at=entity.created_at.isoformat(),
            revision=entity.revision,
            stage=entity.stage,
            figures=orjson.dumps(entity.figures).decode(),
        )

    def entity(self) -> Counted:
        return Counted(
            account=self.pk,
            id=self.sk.removeprefix("counted#"),
            version=int(self.version),
            created_at=datetime.fromisoformat(self.created_at),
            revision=int(self.revision),
            stage=int(self.stage),
            figures=tuple(orjson.loads(self.figures)),
        )
