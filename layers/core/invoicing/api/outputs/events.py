"""Events in responses."""

from typing import Any, TypedDict

from invoicing.api.envelope import timestamp
from invoicing.domain.events.event import ActorType, Event


class ActorOutput(TypedDict):
    """Who caused an event; ``id`` is the id of an API key, or the name of a schedule or reaction."""

    type: ActorType
    id: str | None


class EventOutput(TypedDict):
    """An event; ``data`` is a summary of the resource as it was then, with money in major units.

    ``sequence`` counts the events of the resource from 1.
    """

    id: str
    type: str
    resource_id: str
    sequence: int
    actor: ActorOutput
    created_at: str
    data: dict[str, Any]


def event_output(event: Event) -> EventOutput:
    """Return an event as responses show it."""
    return EventOutput(
        id=event.id,
        type=event.type,
        resource_id=event.resource_id,
        sequence=event.sequence,
        actor=ActorOutput(type=event.actor.type, id=event.actor.id),
        created_at=timestamp(event.occurred_at),
        data=dict(event.data),
    )
