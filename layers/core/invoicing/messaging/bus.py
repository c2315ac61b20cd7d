"""Publication of events on EventBridge."""

from itertools import batched
from typing import Any

import botocore.session

from invoicing import exact_json
from invoicing.aws_session import CONFIG
from invoicing.domain.events.event import Event

SOURCE = "invoicing"
MOST_ENTRIES = 10
"""The most entries of one PutEvents request."""


class EventsNotTaken(Exception):
    """The bus refused some events; all are published again, and receivers recognize them by their id."""


class EventBridgeBus:
    """The event bus (`invoicing.operations.unit_of_work.ports.EventBus`)."""

    def __init__(self, session: botocore.session.Session, bus_name: str) -> None:
        self._client: Any = session.create_client("events", config=CONFIG)
        self._bus_name = bus_name

    def publish(self, events: list[Event]) -> None:
        """Publish in order; `EventsNotTaken` when an event was refused."""
        for batch in batched(events, MOST_ENTRIES, strict=False):
            answer = self._client.put_events(Entries=[self._entry(event) for event in batch])
            if refused := answer["FailedEntryCount"]:
                codes = sorted({entry["ErrorCode"] for entry in answer["Entries"] if "ErrorCode" in entry})
                raise EventsNotTaken(f"{refused} of {len(batch)}: {', '.join(codes)}")

    def _entry(self, event: Event) -> dict[str, object]:
        return {
            "Source": SOURCE,
            "DetailType": event.type,
            "Detail": exact_json.dumps(detail_of(event)).decode(),
            "EventBusName": self._bus_name,
            "Time": event.occurred_at,
        }


def detail_of(event: Event) -> dict[str, Any]:
    """Write the detail of an event, which the bus carries besides its type."""
    return {
        "event_id": event.id,
        "account": event.account,
        "resource_id": event.resource_id,
        "sequence": event.sequence,
        "actor": event.actor,
        "occurred_at": event.occurred_at,
        "data": event.data,
    }
