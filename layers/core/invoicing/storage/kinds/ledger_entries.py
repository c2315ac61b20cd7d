"""Entries of the customer ledger."""

from typing import Any

from pynamodb.attributes import UnicodeAttribute

from invoicing.domain.ledger.entry import LedgerEntry, Movement, OpenItemChange
from invoicing.identifiers import time_of
from invoicing.storage.dynamodb import item_codec
from invoicing.storage.dynamodb.exchange_codec import exchange_from
from invoicing.storage.dynamodb.index import SEPARATOR, partition_key
from invoicing.storage.dynamodb.record import DocumentRecord
from invoicing.storage.dynamodb.table_names import TableName
from invoicing.storage.dynamodb.tax_part_codec import tax_parts_from
from invoicing.storage.kinds import stores


def ledger_entry_from(values: dict[str, Any]) -> LedgerEntry:
    """Read the entry of an unpacked item."""
    return LedgerEntry(
        **values
        | item_codec.instants(values, "created_at")
        | item_codec.dates(values, "date")
        | {
            "movement": Movement(values["movement"]),
            "open_items": tuple(
                OpenItemChange(**change | item_codec.dates(change, "due_date", "issue_date"))
                for change in values["open_items"]
            ),
            "exchange": exchange_from(values.get("exchange")),
            "cash_taxes": tax_parts_from(values.get("cash_taxes", ())),
        }
    )


@stores(LedgerEntry)
class LedgerEntryRecord(DocumentRecord):
    """A ledger entry, in the order of its date among those of its customer.

    Those of one date are in the order in which they were recorded, by their ids. An entry dated on another day than it
    was recorded, in UTC, is also in the index ``by_recording``.
    """

    read = ledger_entry_from

    class Meta:
        table_name = TableName("ledger")

    recorded = UnicodeAttribute(null=True)

    @classmethod
    def values(cls, entity: LedgerEntry) -> dict[str, Any]:
        return super().values(entity) | {
            "pk": partition_key(entity.account, entity.customer_id),
            "sk": f"{entity.date.isoformat()}{SEPARATOR}{entity.id}",
            "recorded": None if time_of(entity.id).date() == entity.date else entity.id,
        }
