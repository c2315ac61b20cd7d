"""An office of test mode, whose test clock is set as requests do it."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from invoicing.domain.access.api_key import ApiKey
from invoicing.domain.due_work import DueEntry, Work
from invoicing.domain.test_clocks.period import Period
from invoicing.domain.test_clocks.reading import TEST_CLOCK
from invoicing.domain.test_clocks.test_clock import TestClock
from invoicing.operations.reactions.run_due_work import run_due_work
from invoicing.operations.test_clock._advance import Advance
from invoicing.operations.test_clock._own_clock import ClockPorts
from invoicing.operations.test_clock.advance_test_clock import advance_test_clock
from invoicing.operations.test_clock.delete_test_clock import delete_test_clock
from invoicing.operations.test_clock.set_test_clock import set_test_clock
from invoicing.operations.unit_of_work.change_set import ChangeSet, Ref
from invoicing.operations.unit_of_work.ports import RealTime
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork, find_clock
from tests.builders import an_api_key
from tests.fake_api_keys import FakeApiKeys
from tests.fake_due_work import FakeDueWork, FakeDueWorkQueue
from tests.fake_event_log import FakeEventLog
from tests.fakes import FakeStore
from tests.office import Office

ACCOUNT = "acc_1#test"


def a_test_key(key_id: str, **changed: Any) -> ApiKey:
    return replace(an_api_key(id=key_id, hash=f"hash of {key_id}", account=ACCOUNT, mode="test"), **changed)


@dataclass
class ClockOffice(Office):
    """Each attempt reads the test clock, as reactions do and as keys tell requests."""

    account: str = ACCOUNT
    store: FakeStore = field(default_factory=FakeStore)
    queue: FakeDueWorkQueue = field(default_factory=FakeDueWorkQueue)

    def __post_init__(self) -> None:
        self.index = FakeDueWork(self.store)

    @property
    def ports(self) -> ClockPorts:
        return ClockPorts(keys=FakeApiKeys(self.store), due_work=self.index, events=FakeEventLog(self.store))

    @property
    def advancing(self) -> Advance:
        return Advance(ports=self.ports, queue=self.queue, real_time=RealTime(lambda: self.now, self.pass_time))

    def pass_time(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)

    def uow(self, changes: ChangeSet | None = None) -> UnitOfWork:
        return replace(super().uow(changes), clock=find_clock(self.store, self.account))

    @property
    def clock(self) -> TestClock | None:
        return self.store.find(Ref(TestClock, self.account, TEST_CLOCK))

    def set(self, now: datetime) -> tuple[TestClock, bool]:
        return self.run_use_case(lambda uow: set_test_clock(uow, self.ports, now))

    def delete(self) -> None:
        self.run_use_case(lambda uow: delete_test_clock(uow, self.ports.keys, self.ports.events))

    def begin(self, to: datetime | Period) -> TestClock:
        """The first transaction of an advance, after which its request may die."""
        return self.run_use_case(lambda uow: advance_test_clock(uow, self.ports.keys, to))

    def advance(self, to: datetime | Period) -> TestClock:
        """Advance as a request does."""
        clock = self.begin(to)
        return self.advancing.go_on(self.uow(), clock)

    def tick(self) -> list[Work]:
        """Do what a tick does for the clock, where it finds it."""
        entries = [entry for page in self.index.due(self.now) for entry in page if entry.kind == "TestClock"]
        return [work for entry in entries for work in self.take(entry)]

    def take(self, entry: DueEntry) -> list[Work]:
        """Take a message of the queue of due work."""
        return run_due_work(entry, self.uow, self.index, self.advancing)

    @property
    def is_told_to_advance(self) -> bool:
        """What the account's only key says of the clock."""
        (key,) = self.store.all(ApiKey)
        return bool(key.clock and key.clock.is_advancing)

    def events_at(self) -> list[tuple[str, datetime]]:
        """The resources of all events but those of keys, and when they occurred, as recorded."""
        events = [self.store.events[key] for key in sorted(self.store.events)]
        return [(event.resource_id, event.occurred_at) for event in events]
