"""Idempotency records: one item for each key of an account."""

from datetime import UTC, datetime, timedelta
from typing import Any

from pynamodb.attributes import BinaryAttribute, NumberAttribute, UnicodeAttribute
from pynamodb.models import Model

from invoicing.operations.unit_of_work.change_set import IdempotencyRecord
from invoicing.storage.dynamodb import item_codec
from invoicing.storage.dynamodb.record import Item, item_of
from invoicing.storage.dynamodb.table_names import TableName
from invoicing.storage.kinds import stores

IDEMPOTENCY_KEPT = timedelta(hours=24)


@stores(IdempotencyRecord)
class IdempotencyItem(Model):
    """The record of an idempotency key; it expires."""

    class Meta:
        table_name = TableName("idempotency")

    pk = UnicodeAttribute(hash_key=True)
    request_hash = UnicodeAttribute()
    answer = BinaryAttribute(legacy_encoding=False)
    expires_at = NumberAttribute()

    @staticmethod
    def key(account: str, key: str) -> str:
        """Return ``pk`` of a key of an account."""
        return f"{account} {key}"  # an account contains no space, so the pair is unique

    @classmethod
    def of(cls, record: IdempotencyRecord) -> Item:
        """Write the item of a record."""
        return item_of(
            cls,
            pk=cls.key(record.account, record.key),
            request_hash=record.request_hash,
            answer=item_codec.pack(record.answer),
            expires_at=int((record.created_at + IDEMPOTENCY_KEPT).timestamp()),
        )

    @classmethod
    def entity_of(cls, item: dict[str, Any]) -> IdempotencyRecord:
        """Read the record of an item, as DynamoDB writes it."""
        stored = cls.from_raw_data(item)
        account, _, key = stored.pk.partition(" ")
        return IdempotencyRecord(
            account=account,
            key=key,
            request_hash=stored.request_hash,
            answer=item_codec.unpack(stored.answer),
            created_at=datetime.fromtimestamp(stored.expires_at, UTC) - IDEMPOTENCY_KEPT,
        )
