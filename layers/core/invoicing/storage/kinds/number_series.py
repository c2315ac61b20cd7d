"""Number series; each is an item of its own, so that issuing does not conflict with changes of the account."""

from typing import Any

import orjson
from pynamodb.attributes import UnicodeAttribute

from invoicing.domain.numbering.series import NumberSeries
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
    def values(cls, entity: NumberSeries) -> dict[str, Any]:
        others = {"skipped": entity.skipped, "used": entity.used}  # no period has these names
        given = {name: value for name, value in others.items() if value}
        pk, sk = cls.key(entity.account, entity.id)
        values = orjson.dumps({**entity.next_values, **given}).decode()
        return {"pk": pk, "sk": sk, "version": entity.version, "next_values": values}

    def entity(self) -> NumberSeries:
        values = orjson.loads(self.next_values)
        skipped, used = values.pop("skipped", {}), values.pop("used", False)
        return NumberSeries(
            account=self.pk,
            id=self.sk.removeprefix("series#"),
            version=int(self.version),
            used=used,
            next_values=values,
            skipped={period: tuple(map(tuple, runs)) for period, runs in skipped.items()},
        )
