"""Test clocks that are set and deleted while keys are made and requests write."""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from queue import SimpleQueue

import pytest

from invoicing.domain.access.api_key import ApiKey
from invoicing.domain.access.caller import Caller
from invoicing.domain.due_work import DueEntry, Work
from invoicing.domain.errors import Conflict
from invoicing.domain.events.event import Event
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.parties.customer import Customer
from invoicing.domain.test_clocks.conflicts import clock_moved
from invoicing.domain.test_clocks.reading import TEST_CLOCK
from invoicing.domain.test_clocks.test_clock import LATEST, TestClock
from invoicing.identifiers import new_id, new_secret
from invoicing.operations.account.create_api_key import NewApiKey, create_api_key
from invoicing.operations.customers.create_customer import NewCustomer, create_customer
from invoicing.operations.events._event_page import BEFORE_ALL, BEHIND_ALL
from invoicing.operations.invoices.create_invoice import create_invoice
from invoicing.operations.reactions.run_due_work import run_due_work
from invoicing.operations.test_clock._advance import Advance
from invoicing.operations.test_clock._own_clock import ClockPorts
from invoicing.operations.test_clock.advance_test_clock import advance_test_clock
from invoicing.operations.test_clock.delete_test_clock import delete_test_clock
from invoicing.operations.test_clock.set_test_clock import set_test_clock
from invoicing.operations.unit_of_work import unit_of_work as work_module
from invoicing.operations.unit_of_work.change_set import ChangeSet, Ref
from invoicing.operations.unit_of_work.ports import RealTime
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork, find_clock, run_use_case
from invoicing.storage.api_keys import DynamoApiKeys
from invoicing.storage.due_work import DynamoDueWork
from invoicing.storage.dynamodb.database import Database
from invoicing.storage.event_log import DynamoEventLog
from invoicing.storage.store import DynamoStore
from tests.builders import ACTOR, NOW, PAGE_URL, a_caller, a_new_invoice, an_api_key
from tests.fake_due_work import FakeDueWorkQueue
from tests.storage.conftest import ON_DYNAMODB_LOCAL
from tests.storage.listing import put
from tests.storage.site import Site, at_once

pytestmark = ON_DYNAMODB_LOCAL

FIRST = datetime(2028, 2, 29, 8, tzinfo=UTC)


class ClockSite(Site):
    """The test side of an account; requests have the clock that their key tells, reactions read it."""

    def __init__(self, store: DynamoStore, database: Database, account: str) -> None:
        super().__init__(store, f"{account}#test")
        self.keys = DynamoApiKeys(database)
        self.index = DynamoDueWork(database)
        self.ports = ClockPorts(keys=self.keys, due_work=self.index, events=DynamoEventLog(database))
        self.hash = f"hash of {account}"
        key = an_api_key(hash=self.hash, account=self.account, mode="test", requests_per_hour=10**9)
        put(database, [key])

    def request[R](self, use_case: Callable[[UnitOfWork, Caller], R]) -> R:
        """A request: the key is checked once, and each attempt has the clock that it told, unless that advances."""
        caller = self.keys.use(self.hash, NOW)
        clock = caller.clock
        if clock and clock.is_advancing:
            raise clock_moved()
        return run_use_case(lambda changes: replace(self.uow(changes), clock=clock), lambda uow: use_case(uow, caller))

    def react(self, changes: ChangeSet) -> UnitOfWork:
        return UnitOfWork(
            account=self.account,
            actor=replace(ACTOR, type="system"),
            real_now=NOW + timedelta(minutes=10),
            store=self.store,
            new_id=new_id,
            new_secret=new_secret,
            clock=find_clock(self.store, self.account),
            changes=changes,
        )

    def set(self, now: datetime) -> TestClock:
        return self.request(lambda uow, _: set_test_clock(uow, self.ports, now))[0]

    def delete(self) -> None:
        self.request(lambda uow, _: delete_test_clock(uow, self.keys, self.ports.events))

    def begin(self, to: datetime) -> TestClock:
        return self.request(lambda uow, _: advance_test_clock(uow, self.keys, to))

    def go_on(self, clock: TestClock) -> TestClock:
        return self.advancing.go_on(self.react(ChangeSet()), clock)

    @property
    def advancing(self) -> Advance:
        return Advance(ports=self.ports, queue=FakeDueWorkQueue(), real_time=RealTime(lambda: NOW, time.sleep))

    def new_key(self) -> ApiKey:
        new = NewApiKey(name="Shop", scopes=("*",))
        caller = a_caller(account=self.account, mode="test")
        return self.request(lambda uow, _: create_api_key(uow, self.keys, caller, new)).key

    def customer(self) -> Customer:
        return self.request(lambda uow, _: create_customer(uow, NewCustomer(name="Ada")))

    def invoice(self) -> str:
        """An issued invoice, which waits for the end of its due date."""
        return self.request(lambda uow, _: create_invoice(uow, a_new_invoice(), send_email=True, page_url=PAGE_URL)).id


@pytest.fixture
def site(local_store: DynamoStore, local_tables: Database, account: str, monkeypatch: pytest.MonkeyPatch) -> ClockSite:
    monkeypatch.setattr(work_module, "PATIENCE", 60)
    return ClockSite(local_store, local_tables, account)


@contextmanager
def writing[R](act: Callable[[], R], threads: int = 4) -> Iterator[SimpleQueue[R]]:
    """Writers at work: what they wrote; those whose clock was changed meanwhile are refused, and go on."""
    is_over, written, codes = threading.Event(), SimpleQueue[R](), set[str]()

    def write() -> None:
        while not is_over.is_set():
            try:
                written.put(act())
            except Conflict as conflict:
                codes.add(conflict.code)

    with ThreadPoolExecutor(threads) as pool:
        writers = [pool.submit(write) for _ in range(threads)]
        try:
            yield written
        finally:
            is_over.set()
    for writer in writers:
        writer.result()
    assert codes == {"TEST_CLOCK_ADVANCING"}


def test_keys_that_are_made_while_the_clock_is_set_have_it(site: ClockSite) -> None:
    numbers = count()

    def act(index: int) -> object:
        return site.set(FIRST + timedelta(days=next(numbers))) if index % 4 == 0 else site.new_key()

    outcomes = at_once(16, act)
    made = [outcome for outcome in outcomes if isinstance(outcome, ApiKey)]
    refused = {outcome.code for outcome in outcomes if isinstance(outcome, Conflict)}
    assert refused <= {"TEST_CLOCK_ADVANCING"}
    clock = site.store.find(Ref(TestClock, site.account, TEST_CLOCK))
    assert clock
    found = site.keys.of(site.account)
    assert len(found) == len(made) + 1
    assert {key.clock for key in found} == {clock.reading}


@pytest.mark.parametrize("attempt", range(4))
def test_after_a_clock_was_set_nothing_is_written_at_the_time_before(site: ClockSite, attempt: int) -> None:
    """In several accounts: to set a clock reads what all late events tell of, and here none grows old."""

    def older(than: datetime) -> int:
        events = site.ports.events.between(
            site.account, BEFORE_ALL, BEHIND_ALL, newest_first=False, resource_id=None, at_a_time=1_000
        )
        return sum(event.occurred_at < than for event in events)

    site.set(FIRST)
    seen = {}
    with writing(site.customer) as written:
        for number in range(1, 4):
            now = FIRST + timedelta(days=number)
            site.set(now)
            seen[now] = older(now)
            while written.get(timeout=30).created_at < now:
                """Written before, and told of later."""
    assert {now: older(now) for now in seen} == seen


def test_no_due_work_is_lost_where_a_clock_comes_and_goes(site: ClockSite) -> None:
    invoices = set()
    with writing(site.invoice) as written:
        for number in range(6):
            site.set(FIRST + timedelta(days=number))
            invoices |= {written.get(timeout=30) for _ in range(3)}
            site.delete()
    while not written.empty():
        invoices.add(written.get())
    job = DueEntry(NOW, Work.JOB, TEST_CLOCK, "TestClock", site.account)
    while not run_due_work(job, site.react, site.index):
        pass
    assert list(site.index.of_clock(site.account, LATEST)) == []
    waiting = {entry.id for page in site.index.due(LATEST) for entry in page if entry.account == site.account}
    assert waiting == invoices


def overdue(site: ClockSite) -> list[Event]:
    """The events of invoices that became overdue, as recorded."""
    return [event for event in _events(site) if event.type == "invoice.overdue"]


def _events(site: ClockSite) -> list[Event]:
    events = site.ports.events.between(
        site.account, BEFORE_ALL, BEHIND_ALL, newest_first=False, resource_id=None, at_a_time=1_000
    )
    return list(events)


def test_of_many_who_advance_it_one_does(site: ClockSite) -> None:
    site.set(FIRST)
    made = {site.invoice() for _ in range(5)}

    def act(_: int) -> object:
        return site.go_on(site.begin(FIRST + timedelta(days=90)))

    outcomes = at_once(8, act)
    refused = [outcome for outcome in outcomes if isinstance(outcome, Conflict)]
    assert {outcome.code for outcome in refused} <= {"TEST_CLOCK_ADVANCING"}
    (done,) = {outcome.done.get("overdue", 0) for outcome in outcomes if isinstance(outcome, TestClock)}
    assert done == 5
    assert sorted(event.resource_id for event in overdue(site)) == sorted(made)


def test_workers_that_each_think_the_others_dead_do_everything_once_and_in_order(site: ClockSite) -> None:
    site.set(FIRST)
    made = [site.invoice() for _ in range(12)]
    begun = site.begin(FIRST + timedelta(days=90))

    def act(index: int) -> object:
        return site.go_on(begun) if index == 0 else site.advancing.take_over(site.react(ChangeSet()))

    at_once(6, act)
    while site.advancing.take_over(site.react(ChangeSet())):
        pass
    clock = site.store.find(Ref(TestClock, site.account, TEST_CLOCK))
    assert clock
    assert (clock.status, clock.done) == ("ready", {"overdue": 12})
    events = overdue(site)
    assert [event.resource_id for event in events] == sorted(made)
    assert [event.occurred_at for event in events] == sorted(event.occurred_at for event in events)


def test_nothing_slips_in_while_it_advances(site: ClockSite) -> None:
    """Whatever was written before the advance and became due by its end, has happened."""
    site.set(FIRST)
    with writing(site.invoice) as written:
        for number in range(1, 4):
            written.get(timeout=30)
            target = FIRST + timedelta(days=60 * number)
            clock = site.go_on(site.begin(target))
            assert (clock.status, clock.now) == ("ready", target)
            assert list(site.index.entries_of(site.account, {event.resource_id for event in overdue(site)})) == []
    invoices = [event.resource_id for event in _events(site) if event.type == "invoice.sent"]
    left = [entry.id for entry in site.index.entries_of(site.account, invoices) if entry.at <= target]
    found = [site.store.find(Ref(Invoice, site.account, invoice_id)) for invoice_id in left]
    assert {invoice.created_at for invoice in found if invoice} <= {target}
    assert len(overdue(site)) >= 3
