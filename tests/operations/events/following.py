"""A log of events at a real time that tests set, with writers whose commits take time."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from invoicing.domain.events.event import Event
from invoicing.identifiers import first_id
from invoicing.operations.events._event_page import OLDEST, EventPage, EventQuery, LogPosition
from invoicing.operations.events.list_events import list_events
from invoicing.operations.unit_of_work.ports import RealTime
from tests.builders import a_customer, an_event, an_invoice
from tests.fake_event_log import FakeEventLog
from tests.fakes import FakeStore
from tests.office import Office

BEGIN = datetime(2026, 11, 26, 9, 30, tzinfo=UTC)
KEPT = 13


def event_id(at: datetime, number: int = 0) -> str:
    """The id that is made at an instant, the ``number``-th of its millisecond."""
    return f"{first_id('evt', at)}7{number:03x}8123456789abcdef"


class Log:
    """What readers and writers of one account see."""

    def __init__(self, account: str = "acc_1") -> None:
        self.store = FakeStore()
        self.office = Office(self.store, account=account)
        self.time = BEGIN
        self.pauses: list[float] = []
        self.slowness = 0.0  # seconds that an answer takes
        self.while_paused: Callable[[], object] = lambda: None
        self.read_from: list[str] = []
        self._under_way: list[tuple[datetime, Event]] = []

    def record(
        self, seconds: float = 0, name: str = "invoice.created", *, number: int = 0, taking: float = 0, **values: Any
    ) -> Event:
        """An event whose id is made so long after `BEGIN`, by a transaction that takes so many seconds more."""
        at = BEGIN + timedelta(seconds=seconds)
        builder = a_customer if name.startswith("customer.") else an_invoice
        resource = builder(account=self.office.account)
        values = {"id": event_id(at, number), "occurred_at": at} | values
        event = an_event(name, resource, **values)
        self._under_way.append((at + timedelta(seconds=taking), event))
        self._commit()
        return event

    def pass_time(self, seconds: float) -> None:
        self.time += timedelta(seconds=seconds)
        self._commit()

    def pause(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.pass_time(seconds)
        self.while_paused()

    def read(self, position: LogPosition | None = None, **asked: Any) -> EventPage:
        """One page, from the newest event unless a position is given."""
        query = EventQuery(**({} if position is None else {"position": position}) | asked)
        return list_events(self.office.uow(), query, self, RealTime(lambda: self.time, self.pause), KEPT)

    def follow(self, position: LogPosition = OLDEST, **asked: Any) -> Iterator[EventPage]:
        """Pages until one is empty, and that one too."""
        while True:
            page = self.read(position, **asked)
            yield page
            position = page.position
            if not page.items and not page.has_more:
                return

    def between(self, account: str, above: str, below: str, **asked: Any) -> Iterator[Event]:
        found = list(FakeEventLog(self.store).between(account, above, below, **asked))
        self.pass_time(self.slowness)
        for event in found:
            self.read_from.append(event.id)
            yield event

    def _commit(self) -> None:
        done = [event for until, event in self._under_way if until <= self.time]
        self._under_way = [each for each in self._under_way if each[0] > self.time]
        self.store.events |= {(event.account, event.id): event for event in done}


def ids(page: EventPage) -> list[str]:
    return [event.id for event in page.items]
