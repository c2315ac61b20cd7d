"""Listing the number series."""

from invoicing.domain.numbering.settings import CREDIT_NOTES, INVOICES
from invoicing.operations.account.list_number_series import list_number_series
from tests.fakes import FakeStore
from tests.office import Office
from tests.operations.account.using_series import create, new_series


def test_all_are_listed_with_their_next_values_in_two_requests(office: Office, store: FakeStore) -> None:
    assert [each.settings.id for each in list_number_series(office.uow())] == [INVOICES, CREDIT_NOTES]
    assert store.reads == 1
    shop = new_series(office, next=7).settings.id
    create(office, send_email=True)
    store.reads = 0
    found = list_number_series(office.uow())
    assert [(each.settings.id, each.next_value) for each in found] == [(INVOICES, 2), (CREDIT_NOTES, 1), (shop, 7)]
    assert store.reads == 2
