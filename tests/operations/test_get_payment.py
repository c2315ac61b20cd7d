import pytest

from invoicing.domain.errors import NotFound
from invoicing.operations.get_payment import get_payment
from tests.builders import a_payment
from tests.fakes import FakeStore, Office


def test_a_payment_is_found_by_its_id(office: Office, store: FakeStore) -> None:
    store.keep(a_payment())
    assert get_payment(office.work(), "pay_1") == a_payment()
    assert store.reads == 1


def test_another_accounts_payment_is_not_found(office: Office, store: FakeStore) -> None:
    store.keep(a_payment(account="acc_2"))
    with pytest.raises(NotFound) as refused:
        get_payment(office.work(), "pay_1")
    assert refused.value.code == "PAYMENT_NOT_FOUND"
