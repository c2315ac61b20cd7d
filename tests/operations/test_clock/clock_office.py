"""An office of test mode, whose test clock is set as requests do it."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from invoicing.domain.access.api_key import ApiKey
from invoicing.domain.test_clocks.reading import TEST_CLOCK
from invoicing.domain.test_clocks.test_clock import TestClock
from invoicing.operations.test_clock.delete_test_clock import delete_test_clock
from invoicing.operations.test_clock.set_test_clock import ClockPorts, set_test_clock
from invoicing.operations.unit_of_work.change_set import ChangeSet, Ref
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork, find_clock
from tests.builders import an_api_key
from tests.fake_api_keys import FakeApiKeys
from tests.fake_due_work import FakeDueWork
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

    @property
    def ports(self) -> ClockPorts:
        return ClockPorts(
            keys=FakeApiKeys(self.store), due_work=FakeDueWork(self.store), events=FakeEventLog(self.store)
        )

    def uow(self, changes: ChangeSet | None = None) -> UnitOfWork:
        return replace(super().uow(changes), clock=find_clock(self.store, self.account))

    @property
    def clock(self) -> TestClock | None:
        return self.store.find(Ref(TestClock, self.account, TEST_CLOCK))

    def set(self, now: datetime) -> tuple[TestClock, bool]:
        return self.run_use_case(lambda uow: set_test_clock(uow, self.ports, now))

    def delete(self) -> None:
        self.run_use_case(lambda uow: delete_test_clock(uow, self.ports.keys, self.ports.events))
