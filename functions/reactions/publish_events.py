"""Stream of the events table: publish what was stored on the event bus, in order."""

from typing import Any

from invoicing.storage.stream import events_of
from invoicing.wiring import start, wiring

start()


def handler(event: dict[str, Any], context: object) -> None:
    """Publish a batch; raises when the bus did not take it all, and the stream gives the batch again."""
    wiring().bus.publish(events_of(event))
