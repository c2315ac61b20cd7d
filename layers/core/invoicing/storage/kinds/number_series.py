"""Number series; each is an item of its own, so that issuing does not conflict with changes of the account."""

from typing import Self, cast

import orjson
from pynamodb.attributes import UnicodeAttribute

from invoicing.domain.numbering.series import NumberSeries, SeriesId
from invoicing.storage.dynamodb.record import Record
from invoicing.storage.dynamodb.table_names import TableName
from invoicing.storage.kinds import stores


@stores(NumberSeries)
class NumberSeriesRecord(Record):
    """A number series."""

    class Meta:
        table_name = TableName("accounts")

    next_values = UnicodeAttribute()

    @staticmethod
    def key(account: str, identifier: str, /) -> tuple[str, str]:
        return account, f"series#{identifier}"

    @classmethod
    def of(cls, entity: NumberSeries) -> Self:
        skipped = {"skipped": entity.skipped} if entity.skipped else {}  # no period has this name
        values = orjson.dumps({**entity.next_values, **skipped}).decode()
        return cls(*cls.key(entity.account, entity.id), version=entity.version, next_values=values)

    def entity(self) -> NumberSeries:
        values = orjson.loads(self.next_values)
        skipped = values.pop("skipped", {})
        return NumberSeries(
            account=self.pk,
            id=cast(SeriesId, self.sk.removeprefix("series#")),
            version=int(self.version),
            next_values=values,
            skipped={period: tuple(map(tuple, runs)) for period, runs in skipped.items()},
        )
