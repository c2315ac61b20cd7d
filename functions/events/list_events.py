"""GET /events: list events, or follow them as they are recorded."""

from invoicing.api.app import ApiRequest, NoBody
from invoicing.api.envelope import Result
from invoicing.api.outputs.events import EventOutput, events_result
from invoicing.api.queries.event_log import EVENT_LOG, event_query
from invoicing.operations.events.list_events import list_events
from invoicing.wiring import api, wiring


@api(
    "GET",
    "/events",
    summary="List events",
    description=(
        "A page of events, the newest first. With `after`, even if it is empty, the oldest come first, in the order of "
        "recording: store `meta.next_cursor`, which is on empty pages too, and send it as `after` to go on. "
        "Filters look at 1,000 events for a page, so it may be short or empty while `meta.has_more` is true. "
        "`from` is included, `to` is not."
    ),
    scope="events:read",
    query=EVENT_LOG,
    by_cursor=True,
    answers={200: list[EventOutput]},
).operation
def handler(request: ApiRequest[NoBody]) -> Result:
    """One page of the event log."""
    query = event_query(request.http.query_string)
    kept, real_time = wiring().settings.events_kept, wiring().real_time
    return events_result(request.http, list_events(request.uow, query, wiring().event_log, real_time, kept))
