"""Entries of the customer ledger."""

from typing import Any, Self

from invoicing.domain.ledger.entry import LedgerEntry, Movement
from invoicing.storage.dynamodb import item_codec
from invoicing.storage.dynamodb.index import SEPARATOR, partition_key
from invoicing.storage.dynamodb.record import DocumentRecord
from invoicing.storage.dynamodb.table_names import TableName
from invoicing.storage.kinds import stores


def ledger_entry_from(values: dict[str, Any]) -> LedgerEntry:
    """Read the entry of an unpacked item."""
    return LedgerEntry(
        **values
        | item_codec.instants(values, "created_at")
        | item_codec.dates(values, "date")
        | {"movement": Movement(values["movement"])}
    )


@stores(LedgerEntry)
class LedgerEntryRecord(DocumentRecord):
    """A ledger entry, in the order of its date among those of its customer and currency."""

    read = ledger_entry_from

    class Meta:
        table_name = TableName("ledger")

    @classmethod
    def of(cls, entity: LedgerEntry) -> Self:
        partition = partition_key(entity.account, entity.customer_id)
        place = SEPARATOR.join((entity.currency, entity.date.isoformat(), entity.id))
        return cls(partition, place, version=entity.version, document=item_codec.pack(entity))
