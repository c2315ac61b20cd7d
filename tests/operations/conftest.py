"""An account with a customer, on a store in memory."""

import pytest

from tests.builders import a_customer, an_account
from tests.fakes import FakeStore
from tests.office import Office


@pytest.fixture
def store() -> FakeStore:
    store = FakeStore()
    store.keep(an_account(), a_customer())
    return store


@pytest.fixture
def office(store: FakeStore) -> Office:
    return Office(store)
