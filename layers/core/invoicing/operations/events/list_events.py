"""List the events of an account in the order of recording."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Self

from invoicing.dataclass import dataclass
from invoicing.domain.access.caller import split_partition
from invoicing.domain.events.event import Event
from invoicing.domain.events.patterns import ALL, matches
from invoicing.domain.events.retention import event_ends
from invoicing.domain.events.summaries import customer_of
from invoicing.identifiers import first_id, time_of
from invoicing.operations.events._event_page import BEFORE_ALL, BEHIND_ALL, EventPage, EventQuery, LogPosition
from invoicing.operations.unit_of_work.ports import EventLog, RealTime
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork

MOST_EXAMINED = 1_000
"""The most events that are read for one page, where filters leave others out."""

AT_A_TIME = MOST_EXAMINED // 4 + 1
"""Events read in a request where filters leave others out; the last of four tells whether others follow."""

SETTLING = timedelta(seconds=2)
"""After so long, no event with an earlier id is still to come: the id is made right before the transaction begins."""

LONGEST_REQUEST = timedelta(minutes=1)
"""An event of live mode is recorded so long after its ``created_at`` at the latest: a function ends before."""

_LAST = datetime.max.replace(tzinfo=UTC) - LONGEST_REQUEST


def list_events(uow: UnitOfWork, query: EventQuery, log: EventLog, real_time: RealTime, kept: int) -> EventPage:
    """Return one page of events, newest first or, for who follows the log, oldest first.

    A page of the oldest has only events that have settled, so that what is recorded later comes later, too. It waits
    for those that have not: what was committed before the request is among them, as far as the page reaches. ``kept``
    is the retention in months.
    """
    # The log is as it was before it was read: what the read took, no transaction had to settle.
    read_at = real_time.now()
    scan = _Scan.of(uow, query, log, read_at, kept)
    if not query.position.newest_first:
        if scan.newest > read_at - SETTLING:
            unsettled = scan.newest + SETTLING - real_time.now()
            real_time.pause(max(timedelta(), min(unsettled, SETTLING)).total_seconds())
            read_at = real_time.now()
            scan = _Scan.of(uow, query, log, read_at, kept)
        scan = scan.settled(read_at - SETTLING)
    return EventPage(
        items=tuple(scan.passing),
        position=replace(query.position, id=scan.examined[-1].id) if scan.examined else _stay(query.position),
        has_more=scan.goes_on,
    )


@dataclass(frozen=True, slots=True)
class _Scan:
    """The events that were read for a page, those of them that pass, and whether others follow."""

    examined: list[Event]
    passing: list[Event]
    goes_on: bool

    @classmethod
    def of(cls, uow: UnitOfWork, query: EventQuery, log: EventLog, now: datetime, kept: int) -> Self:
        """Read until the page is full, `MOST_EXAMINED` events were read, or none follow."""
        above, below = _bounds(uow.account, query)
        # One more than the page has shows whether others follow.
        at_a_time = AT_A_TIME if _leaves_out(query) else query.most + 1
        events = log.between(
            uow.account,
            above,
            below,
            newest_first=query.position.newest_first,
            resource_id=query.resource_id,
            at_a_time=at_a_time,
        )
        examined: list[Event] = []
        passing: list[Event] = []
        for event in islice(events, MOST_EXAMINED):
            examined.append(event)
            if _passes(event, query, now, kept):
                passing.append(event)
            if len(passing) == query.most:
                break
        return cls(examined, passing, goes_on=next(events, None) is not None)

    @property
    def newest(self) -> datetime:
        """When the last of the events that pass was recorded; long ago if there is none."""
        return time_of(self.passing[-1].id) if self.passing else datetime.min.replace(tzinfo=UTC)

    def settled(self, until: datetime) -> Self:
        """Return the scan as if it had ended at an instant."""
        passing = [event for event in self.passing if time_of(event.id) <= until]
        return replace(
            self,
            examined=[event for event in self.examined if time_of(event.id) <= until],
            passing=passing,
            goes_on=self.goes_on or len(passing) < len(self.passing),
        )


def _bounds(account: str, query: EventQuery) -> tuple[str, str]:
    """Return the texts between which the ids of the page are.

    In live mode events are recorded when they occur, so that a period bounds them. Test mode may have had a test clock.
    """
    position = query.position
    above, below = (BEFORE_ALL, position.id) if position.newest_first else (position.id, BEHIND_ALL)
    _, mode = split_partition(account)
    if mode == "live":
        if query.created_from:
            above = max(above, first_id("evt", query.created_from))
        if query.created_before:
            below = min(below, first_id("evt", min(query.created_before, _LAST) + LONGEST_REQUEST))
    return above, below


def _leaves_out(query: EventQuery) -> bool:
    return bool(query.types != (ALL,) or query.customer_id or query.created_from or query.created_before)


def _passes(event: Event, query: EventQuery, now: datetime, kept: int) -> bool:
    ends = event_ends(event.type, time_of(event.id), kept)
    return (
        (ends is None or ends > now)
        and matches(query.types, event.type)
        and query.customer_id in {None, customer_of(event.data)}
        and (query.created_from is None or query.created_from <= event.occurred_at)
        and (query.created_before is None or event.occurred_at < query.created_before)
    )


def _stay(position: LogPosition) -> LogPosition:
    """Return the position of a page without events: where it was, or the end of a log that was read from its newest."""
    return replace(position, id=BEFORE_ALL) if position.id == BEHIND_ALL else position
