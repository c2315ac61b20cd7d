"""Reading the account."""

import pytest

from invoicing.domain.errors import NotFound
from invoicing.domain.numbering.series import NumberSeries
from invoicing.domain.numbering.settings import INVOICES
from invoicing.operations.account.get_account import get_account
from tests.builders import an_account
from tests.fakes import FakeStore
from tests.office import Office


def test_the_account_is_read_with_what_its_next_invoice_counts(office: Office, store: FakeStore) -> None:
    assert (get_account(office.uow()).account, get_account(office.uow()).next_value(INVOICES)) == (an_account(), 1)
    store.keep(NumberSeries(account="acc_1", id=INVOICES, version=8, next_values={"2026": 9, "2025": 40}))
    assert get_account(office.uow()).next_value(INVOICES) == 9
    assert store.reads == 3


def test_without_its_account_a_key_can_read_nothing(store: FakeStore) -> None:
    with pytest.raises(NotFound) as refused:
        get_account(Office(store, account="acc_2").uow())
    assert refused.value.code == "ACCOUNT_NOT_FOUND"
