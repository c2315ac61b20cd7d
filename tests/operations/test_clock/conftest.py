import pytest

from tests.builders import a_customer, an_account
from tests.operations.test_clock.clock_office import ACCOUNT, ClockOffice, a_test_key
from tests.operations.test_clock.waiting import START


@pytest.fixture
def office() -> ClockOffice:
    office = ClockOffice()
    office.store.keep(an_account(account=ACCOUNT), a_customer(account=ACCOUNT), a_test_key("key_1"))
    return office


@pytest.fixture
def frozen(office: ClockOffice) -> ClockOffice:
    office.store.keep(an_account(account=ACCOUNT, time_zone="UTC"))
    office.set(START)
    return office
