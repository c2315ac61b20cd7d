"""Events: the outbox that `publish_events` reads from the table's stream."""

from datetime import datetime
from typing import Any

import orjson
from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.models import Model

from invoicing import exact_json
from invoicing.domain.calendar import instant_text
from invoicing.domain.events.event import Actor, Event
from invoicing.domain.events.retention import event_ends
from invoicing.identifiers import time_of
from invoicing.operations.lists.sort_texts import CREATED
from invoicing.storage.dynamodb.index import Index, Texts
from invoicing.storage.dynamodb.record import Item, Listing, item_of
from invoicing.storage.dynamodb.table_names import TableName
from invoicing.storage.kinds import stores


def event_texts(event: Event) -> Texts:
    """Return the fields of an event that lists filter or sort by."""
    return {
        "id": event.id,
        "resource_id": event.resource_id,
        "type": event.type,
        CREATED: instant_text(event.occurred_at),
    }


EVENT_LISTING = Listing(
    indexes=(
        Index(
            name="by_resource",
            partition="resource",
            within="resource_id",
            range="occurred",
            field=CREATED,
            within_rank=1,
        ),
    ),
    texts=event_texts,
)


@stores(Event)
class EventRecord(Model):
    """An event; TTL removes it at ``expires_at``, within a few days."""

    listing = EVENT_LISTING

    class Meta:
        table_name = TableName("events")

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True)
    type = UnicodeAttribute()
    resource_id = UnicodeAttribute()
    sequence = NumberAttribute()
    actor = UnicodeAttribute()
    occurred_at = UnicodeAttribute()
    data = UnicodeAttribute()
    resource = UnicodeAttribute()
    occurred = UnicodeAttribute()
    expires_at = NumberAttribute(null=True)

    @staticmethod
    def key(account: str, identifier: str, /) -> tuple[str, str]:
        """Return ``pk`` and ``sk`` of an event."""
        return account, identifier

    @classmethod
    def of(cls, event: Event, kept: int) -> Item:
        """Write the item of an event, which is kept for so many months from its id's time on."""
        ends = event_ends(event.type, time_of(event.id), kept)
        return item_of(
            cls,
            pk=event.account,
            sk=event.id,
            type=event.type,
            resource_id=event.resource_id,
            sequence=event.sequence,
            actor=orjson.dumps(event.actor).decode(),
            occurred_at=event.occurred_at.isoformat(),
            data=exact_json.dumps(event.data).decode(),
            **EVENT_LISTING.index_values(event),
            expires_at=int(ends.timestamp()) if ends else None,
        )

    @classmethod
    def entity_of(cls, item: dict[str, Any]) -> Event:
        """Read the event of an item; its data are as exact as they were written."""
        record = cls.from_raw_data(item)
        return Event(
            account=record.pk,
            id=record.sk,
            type=record.type,
            resource_id=record.resource_id,
            sequence=int(record.sequence),
            actor=Actor(**orjson.loads(record.actor)),
            occurred_at=datetime.fromisoformat(record.occurred_at),
            data=exact_json.loads(record.data),
        )
