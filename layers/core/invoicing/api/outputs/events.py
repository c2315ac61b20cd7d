"""How events look in answers."""

from typing import Any, TypedDict

from invoicing.api.envelope import timestamp
from invoicing.domain.events import Event


class EventOutput(TypedDict):
    """What happened; ``data`` is a summary of the resource as it was then, with money in major units."""

    id: str
    type: str
    resource_id: str
    created_at: str
    data: dict[str, Any]


def event_output(event: Event) -> EventOutput:
    """An event as the contract writes it."""
    return EventOutput(
        id=event.id,
        type=event.type,
        resource_id=event.resource_id,
        created_at=timestamp(event.occurred_at),
        data=dict(event.data),
    )
