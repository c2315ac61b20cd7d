"""Reading a customer."""

import pytest

from invoicing.domain.errors import NotFound
from invoicing.operations.get_customer import get_customer
from tests.builders import a_customer
from tests.fakes import FakeStore, Office


def test_a_customer_is_read_as_stored(office: Office) -> None:
    assert get_customer(office.work(), "cust_123") == a_customer()


def test_a_customer_of_another_account_is_not_found(store: FakeStore) -> None:
    with pytest.raises(NotFound) as refused:
        get_customer(Office(store, account="acc_1#test").work(), "cust_123")
    assert refused.value.code == "CUSTOMER_NOT_FOUND"
