"""How events are stored."""

from datetime import datetime, timedelta
from typing import Any, Self

from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.models import Model

from invoicing import exact_json
from invoicing.domain.events import Event
from invoicing.storage.indexes import index_values_of_event
from invoicing.storage.tables import TableName


class EventRecord(Model):
    """An event, first of all as the outbox that `publish_events` reads from the table's stream."""

    class Meta:
        table_name = TableName("events")

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True)
    type = UnicodeAttribute()
    resource_id = UnicodeAttribute()
    occurred_at = UnicodeAttribute()
    data = UnicodeAttribute()
    resource = UnicodeAttribute(null=True)
    occurred = UnicodeAttribute(null=True)
    expires_at = NumberAttribute()

    @classmethod
    def of(cls, event: Event, kept: timedelta) -> Self:
        return cls(
            event.account,
            event.id,
            type=event.type,
            resource_id=event.resource_id,
            occurred_at=event.occurred_at.isoformat(),
            data=exact_json.dumps(event.data).decode(),
            **index_values_of_event(event),
            expires_at=int((event.occurred_at + kept).timestamp()),
        )

    @classmethod
    def entity_of(cls, item: dict[str, Any]) -> Event:
        """The event of an item; its data as exact as they were written."""
        record = cls.from_raw_data(item)
        return Event(
            account=record.pk,
            id=record.sk,
            type=record.type,
            resource_id=record.resource_id,
            occurred_at=datetime.fromisoformat(record.occurred_at),
            data=exact_json.loads(record.data),
        )
