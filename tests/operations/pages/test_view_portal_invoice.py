"""Invoices in the portal: issued ones of its customer."""

import pytest

from invoicing.domain.errors import NotFound
from invoicing.domain.invoices.invoice import Status
from invoicing.operations.pages.view_portal_invoice import view_portal_invoice
from tests.builders import a_customer, an_account, an_invoice, an_issued_invoice
from tests.fakes import FakeStore
from tests.office import Office
from tests.operations.portal_links import TOKEN, keep_link


@pytest.fixture
def visitor(store: FakeStore) -> Office:
    store.keep(an_account(), a_customer())
    keep_link(store)
    return Office(store, account="")


def test_an_issued_invoice_of_the_customer_is_shown_and_stays_as_it_is(visitor: Office, store: FakeStore) -> None:
    invoice = an_issued_invoice()
    store.keep(invoice)
    assert view_portal_invoice(visitor.uow(), TOKEN, "inv_1") == invoice
    assert (store.all(type(invoice)), store.commits) == ([invoice], 0)


@pytest.mark.parametrize("which", ["draft", "voided draft", "of another", "none"])
def test_any_other_invoice_is_unknown_in_the_same_words(visitor: Office, store: FakeStore, which: str) -> None:
    kept = {
        "draft": [an_invoice()],
        "voided draft": [an_invoice(status=Status.CANCELLED)],
        "of another": [an_issued_invoice(customer=a_customer(id="cust_2"))],
        "none": [],
    }
    store.keep(*kept[which])
    with pytest.raises(NotFound) as refused:
        view_portal_invoice(visitor.uow(), TOKEN, "inv_1")
    assert str(refused.value) == "No such invoice: inv_1"
