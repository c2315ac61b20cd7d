"""A customer's credit in one currency, beside the ledger entries that add up to it."""

from typing import Any

from pynamodb.attributes import BinaryAttribute, NumberAttribute, UnicodeAttribute

from invoicing.domain.ledger.entry import Credit
from invoicing.storage.dynamodb import item_codec
from invoicing.storage.dynamodb.credit_lot_codec import lots_from
from invoicing.storage.dynamodb.index import partition_key
from invoicing.storage.dynamodb.record import Record
from invoicing.storage.dynamodb.table_names import TableName
from invoicing.storage.kinds import stores


@stores(Credit)
class CreditRecord(Record):
    """A customer's credit in one currency."""

    class Meta:
        table_name = TableName("ledger")

    customer_id, currency = (UnicodeAttribute() for _ in range(2))
    amount = NumberAttribute()
    lots = BinaryAttribute(legacy_encoding=False, null=True)

    @staticmethod
    def key(account: str, identifier: str, /) -> tuple[str, str]:
        customer_id, _, currency = identifier.rpartition(" ")
        return partition_key(account, customer_id), f"credit#{currency}"

    @classmethod
    def values(cls, entity: Credit) -> dict[str, Any]:
        pk, sk = cls.key(entity.account, entity.id)
        own = {"customer_id": entity.customer_id, "currency": entity.currency, "amount": entity.amount}
        lots = item_codec.pack({"lots": entity.lots}) if entity.lots else None
        return {"pk": pk, "sk": sk, "version": entity.version, "lots": lots, **own}

    def entity(self) -> Credit:
        return Credit(
            account=self.pk.partition(" ")[0],
            customer_id=self.customer_id,
            currency=self.currency,
            version=int(self.version),
            amount=int(self.amount),
            lots=lots_from(item_codec.unpack(self.lots)["lots"]) if self.lots else (),
        )
