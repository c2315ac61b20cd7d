"""A client follows the event log in small pages while many write: no event is missed, doubled or out of order."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest

from invoicing.domain.events.patterns import matches
from invoicing.identifiers import first_id, new_id
from invoicing.operations.customers.create_customer import NewCustomer, create_customer
from invoicing.operations.customers.update_customer import update_customer
from invoicing.operations.events._event_page import OLDEST, EventQuery
from invoicing.operations.events.list_events import list_events
from invoicing.operations.unit_of_work.change_set import ChangeSet
from invoicing.operations.unit_of_work.ports import RealTime
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork, run_use_case
from invoicing.storage.dynamodb.database import Database
from invoicing.storage.event_log import DynamoEventLog
from tests.builders import PAGE_URL
from tests.storage.conftest import EVENTS_KEPT, ON_DYNAMODB_LOCAL
from tests.storage.reading import events_of
from tests.storage.site import Site

pytestmark = [ON_DYNAMODB_LOCAL, pytest.mark.usefixtures("patient")]

WRITERS, WRITES = 6, 8


@dataclass
class Transaction:
    """One that has made the id of its event; it commits when it may, and then it is over."""

    may_commit: threading.Event = field(default_factory=threading.Event)
    over: threading.Event = field(default_factory=threading.Event)


class Clock:
    """A real time that passes only when the reader waits or comes back later.

    A transaction that has made an id before is over when it has passed: every second one is held back until then.
    """

    def __init__(self) -> None:
        self._time = datetime(2026, 11, 26, 9, 30, tzinfo=UTC)
        self._lock = threading.Lock()
        self._open: list[Transaction] = []
        self._own = threading.local()
        self._made = 0

    def now(self) -> datetime:
        return self._time

    def pass_time(self, seconds: float) -> None:
        with self._lock:
            waited_for, self._open = self._open, []
            self._time += timedelta(seconds=seconds)
        for transaction in waited_for:
            transaction.may_commit.set()
        for transaction in waited_for:
            assert transaction.over.wait(60)

    def new_id(self, prefix: str) -> str:
        """An id like the real ones; that of an event is made at this time, and its transaction begins."""
        if prefix != "evt":
            return new_id(prefix)
        self.end()
        own = self._own.transaction = Transaction()
        with self._lock:
            self._made += 1
            identifier = f"{first_id(prefix, self._time)}7{self._made:03x}8123456789abcdef"
            self._open.append(own)
            if self._made % 2:
                own.may_commit.set()
        assert own.may_commit.wait(60)
        return identifier

    def end(self) -> None:
        """The transaction of this thread, if there is one, is committed or was cancelled."""
        if own := getattr(self._own, "transaction", None):
            own.over.set()


def write(site: Site, clock: Clock, writer: int) -> None:
    """Create a customer and change it: one event each."""
    new = NewCustomer(id=f"cust_{writer}", name="Name 0")

    def uow(changes: ChangeSet) -> UnitOfWork:
        return replace(site.uow(changes), new_id=clock.new_id, real_now=clock.now())

    run_use_case(uow, lambda uow: create_customer(uow, new))
    clock.end()
    for number in range(1, WRITES):
        change = {"name": f"Name {number}"}
        run_use_case(uow, lambda uow, change=change: update_customer(uow, f"cust_{writer}", change, page_url=PAGE_URL))  # type: ignore[misc]
        clock.end()


@pytest.mark.parametrize("types", [("*",), ("customer.updated",)])
@pytest.mark.parametrize("resource", [None, "cust_3"])
def test_a_client_that_follows_sees_each_event_once_and_in_order(
    site: Site, local_tables: Database, types: tuple[str, ...], resource: str | None
) -> None:
    clock, log = Clock(), DynamoEventLog(local_tables)
    real_time = RealTime(clock.now, clock.pass_time)
    found: list[str] = []
    position, empty = OLDEST, 0
    with ThreadPoolExecutor(WRITERS) as threads:
        writers = [threads.submit(write, site, clock, writer) for writer in range(WRITERS)]
        while True:
            finished = all(writer.done() for writer in writers)
            query = EventQuery(position=position, types=types, resource_id=resource, most=2)
            page = list_events(site.uow(ChangeSet()), query, log, real_time, EVENTS_KEPT)
            assert len(page.items) <= 2
            found += [event.id for event in page.items]
            position = page.position
            if not page.items and not page.has_more:
                empty += 1
                if finished:
                    break
                clock.pass_time(3)
    for writer in writers:
        writer.result()
    stored = events_of(local_tables, site.account)
    asked = [event for event in stored if resource in {None, event.resource_id} and matches(types, event.type)]
    assert len(stored) == WRITERS * WRITES
    assert found == [event.id for event in asked]
    assert empty
