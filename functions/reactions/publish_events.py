"""Stream of the events table: publish stored events on the event bus, in order."""

from typing import Any

from invoicing.storage.stream import events_of
from invoicing.wiring import start, wiring

start()


def handler(event: dict[str, Any], context: object) -> None:
    """Publish a batch; raises when the bus refused some of it, and the stream delivers the batch again."""
    wiring().bus.publish(events_of(event))
