"""Credit notes in the portal: those of its customer."""

import pytest

from invoicing.domain.errors import NotFound
from invoicing.operations.pages.download_portal_credit_note import download_portal_credit_note
from tests.builders import a_credit_note, a_customer, an_account, an_issued_invoice
from tests.fakes import FakeStore
from tests.office import Office
from tests.operations.portal_links import TOKEN, keep_link


@pytest.fixture
def visitor(store: FakeStore) -> Office:
    store.keep(an_account(), a_customer())
    keep_link(store)
    return Office(store, account="")


def test_credit_notes_are_those_of_the_customer(visitor: Office, store: FakeStore) -> None:
    own, foreign = a_credit_note(), a_credit_note(an_issued_invoice(customer=a_customer(id="cust_2")), id="cn_2")
    store.keep(own, foreign)
    assert download_portal_credit_note(visitor.uow(), TOKEN, "cn_1") == own
    for unknown in ("cn_2", "cn_3"):
        with pytest.raises(NotFound):
            download_portal_credit_note(visitor.uow(), TOKEN, unknown)
