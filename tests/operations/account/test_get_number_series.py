"""Reading a number series."""

import pytest

from invoicing.domain.errors import NotFound
from invoicing.operations.account.get_number_series import get_number_series
from tests.fakes import FakeStore
from tests.office import Office
from tests.operations.account.using_series import new_series


def test_one_series_is_one_request(office: Office, store: FakeStore) -> None:
    shop = new_series(office, next=7)
    store.reads = 0
    assert get_number_series(office.uow(), shop.settings.id) == shop
    assert store.reads == 1


def test_an_unknown_one_is_not_found(office: Office) -> None:
    with pytest.raises(NotFound) as refused:
        get_number_series(office.uow(), "series_9")
    assert refused.value.code == "NUMBER_SERIES_NOT_FOUND"
