"""Counted states of entities, and entries of invoices; in the table of the counters, so that one request reads both."""

from datetime import datetime
from decimal import Decimal
from typing import Any

import orjson
from pynamodb.attributes import NumberAttribute, UnicodeAttribute

from invoicing.domain.calendar import instant_text
from invoicing.domain.lists.list_counter import CountedState
from invoicing.operations.lists.sort_texts import CREATED, amount_text
from invoicing.storage.dynamodb.customer_entries import CUSTOMER_ENTRIES, PREFIX
from invoicing.storage.dynamodb.index import index_values
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
    entities = UnicodeAttribute()
    facts = UnicodeAttribute()
    entered, created, due, issued, amount, number = (UnicodeAttribute(null=True) for _ in range(6))

    @staticmethod
    def key(account: str, identifier: str, /) -> tuple[str, str]:
        return account, f"{PREFIX}{identifier}"

    @classmethod
    def values(cls, entity: CountedState) -> dict[str, Any]:
        pk, sk = cls.key(entity.account, entity.id)
        return {
            "pk": pk,
            "sk": sk,
            "version": entity.version,
            "created_at": entity.created_at.isoformat(),
            "event_sequence": entity.event_sequence,
            "entities": entity.entities,
            "facts": orjson.dumps(entity.facts).decode(),
            **_entry(entity),
        }

    def entity(self) -> CountedState:
        return CountedState(
            account=self.pk,
            id=self.sk.removeprefix(PREFIX),
            version=int(self.version),
            created_at=datetime.fromisoformat(self.created_at),
            event_sequence=int(self.event_sequence),
            entities=self.entities,
            facts=orjson.loads(self.facts),
            is_entered=self.entered is not None,
        )


def _entry(state: CountedState) -> dict[str, Any]:
    """Return the attributes that enter an invoice into the indexes by customer and status."""
    if not state.is_entered or state.facts is None:
        return {}
    own = {
        "id": state.id,
        CREATED: instant_text(state.created_at),
        "amount": amount_text(Decimal(str(state.facts["total"]))),
    }
    return index_values(state.account, {**state.facts, **own}, CUSTOMER_ENTRIES)
