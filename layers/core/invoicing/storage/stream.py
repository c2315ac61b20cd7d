"""Reads the stream of the events table."""

from typing import Any

from invoicing.domain.events.event import Event
from invoicing.storage.kinds.events import EventRecord


def events_of(batch: dict[str, Any]) -> list[Event]:
    """The events that were stored, in order; those that only expired are left out."""
    return [
        EventRecord.entity_of(record["dynamodb"]["NewImage"])
        for record in batch["Records"]
        if record["eventName"] == "INSERT"
    ]
