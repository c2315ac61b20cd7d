"""Reading an invoice."""

import pytest

from invoicing.domain.errors import NotFound
from invoicing.operations.get_invoice import get_invoice
from tests.builders import an_invoice
from tests.fakes import FakeStore, Office


def test_an_invoice_is_read_as_stored(office: Office, store: FakeStore) -> None:
    store.keep(an_invoice())
    assert get_invoice(office.work(), "inv_1") == an_invoice()


def test_an_invoice_of_another_account_is_not_found(office: Office, store: FakeStore) -> None:
    store.keep(an_invoice(account="acc_2"), an_invoice(account="acc_1#test"))
    with pytest.raises(NotFound) as refused:
        get_invoice(office.work(), "inv_1")
    assert refused.value.code == "INVOICE_NOT_FOUND"
