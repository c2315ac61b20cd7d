"""Events in responses."""

from typing import TYPE_CHECKING, Any, TypedDict
from urllib.parse import parse_qsl, urlencode

from invoicing.api.envelope import Result, timestamp
from invoicing.api.request import Request
from invoicing.domain.events.event import ActorType, Event

if TYPE_CHECKING:
    from invoicing.operations.events._event_page import EventPage


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


def events_result(request: Request, page: "EventPage") -> Result:
    """Return a page of the event log; its cursor is there also where no page follows."""
    given = parse_qsl(request.query_string, keep_blank_values=True)
    following = [*((name, value) for name, value in given if name != "after"), ("after", page.position.cursor)]
    return Result(
        data=[event_output(event) for event in page.items],
        links={"self": _path(given), "next": _path(following) if page.has_more else None},
        more_meta={"next_cursor": page.position.cursor, "has_more": page.has_more},
    )


def _path(parameters: list[tuple[str, str]]) -> str:
    return "/events" + (f"?{urlencode(parameters, safe=',:*')}" if parameters else "")
