"""Reader of the events table's stream."""

from typing import Any

from invoicing.domain.events.event import Event
from invoicing.storage.kinds.events import EventRecord


def events_of(batch: dict[str, Any]) -> list[Event]:
    """Return the stored events in order, without those that only expired."""
    return [
        EventRecord.entity_of(record["dynamodb"]["NewImage"])
        for record in batch["Records"]
        if record["eventName"] == "INSERT"
    ]
