"""GET /events/{event_id}: read an event."""

from invoicing.api.app import ApiRequest, NoBody
from invoicing.api.envelope import Result
from invoicing.api.outputs.events import EventOutput, event_output
from invoicing.operations.events.get_event import get_event
from invoicing.wiring import api, wiring


@api(
    "GET",
    "/events/{event_id}",
    summary="Read an event",
    description="An event as it was recorded: `data` shows the resource as it was then.",
    scope="events:read",
    answers={200: EventOutput},
).operation
def handler(request: ApiRequest[NoBody]) -> Result:
    """The event."""
    kept, real_time = wiring().settings.events_kept, wiring().real_time
    event = get_event(request.uow, request.http.parameters["event_id"], real_time, kept)
    return Result(data=event_output(event), links={"self": f"/events/{event.id}"})
