"""Read an event."""

import re

from invoicing.domain.calendar import months_after
from invoicing.domain.errors import NotFound, not_found
from invoicing.domain.events.event import Event
from invoicing.domain.events.retention import event_ends
from invoicing.identifiers import time_of
from invoicing.operations.unit_of_work.ports import RealTime
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork

_ID = re.compile(r"evt_0[0-9a-f]{11}7[0-9a-f]{19}")
"""The id of an event; the first digit is 0 until the year 2527."""


def get_event(uow: UnitOfWork, event_id: str, real_time: RealTime, kept: int) -> Event:
    """Return an event; `NotFound` ``EVENT_NOT_FOUND``, or ``EVENT_EXPIRED`` for an id from before the retention.

    ``kept`` is the retention in months.
    """
    event, now = uow.find(Event, event_id), real_time.now()
    if event:
        ends = event_ends(event.type, time_of(event.id), kept)
    elif _ID.fullmatch(event_id):
        ends = months_after(time_of(event_id), kept)
    else:
        ends = None
    if ends and ends <= now:
        raise NotFound("EVENT_EXPIRED", f"The event has expired: it was kept for {kept} months.")
    if event is None:
        raise not_found("Event", event_id)
    return event
