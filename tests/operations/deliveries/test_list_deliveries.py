"""Listing deliveries."""

from dataclasses import replace

import pytest

from invoicing.domain.deliveries.delivery import Delivery
from invoicing.operations.deliveries.list_deliveries import list_deliveries
from invoicing.operations.documents.order_email import EmailRequest
from invoicing.operations.lists.query import Condition, ListQuery
from tests.builders import an_issued_invoice
from tests.fakes import FakeStore
from tests.office import Office
from tests.operations.scheduling import send
from tests.sending import suppress


def of_invoice(invoice_id: str, *others: Condition) -> ListQuery:
    return ListQuery(conditions=(*others, Condition("invoice_id", "eq", (invoice_id,))), per_page=100)


@pytest.fixture(autouse=True)
def _sent(office: Office, store: FakeStore) -> None:
    """Two invoices with one delivery and three, of which one failed because it is suppressed."""
    store.keep(an_issued_invoice())
    suppress(store, "dead@x.example")
    send(office, email=EmailRequest())
    send(office, email=EmailRequest(to=("a@x.example",), cc=("b@x.example", "dead@x.example")))
    store.keep(replace(store.all(Delivery)[0], account="acc_2"))


def test_all_deliveries_of_the_account_are_listed(office: Office, store: FakeStore) -> None:
    own = [each for each in store.all(Delivery) if each.account == office.account]
    assert set(list_deliveries(office.uow(), ListQuery()).items) == set(own)
    assert len(own) == 4


def test_those_of_an_invoice_are_those_that_its_events_name(office: Office, store: FakeStore) -> None:
    found = list_deliveries(office.uow(), of_invoice("inv_1"))
    assert sorted(str(each.recipient) for each in found.items) == [
        "a@x.example", "ap@initech.example", "b@x.example", "dead@x.example",
    ]  # fmt: skip
    failed = Condition("status", "eq", ("failed",))
    assert [each.recipient for each in list_deliveries(office.uow(), of_invoice("inv_1", failed)).items] == [
        "dead@x.example"
    ]
    assert list_deliveries(office.uow(), of_invoice("inv_404")).items == ()


def test_an_invoice_with_many_events_names_all_of_them(office: Office, store: FakeStore) -> None:
    for _ in range(130):
        send(office, email=EmailRequest())
    page = list_deliveries(office.uow(), of_invoice("inv_1"))
    assert (page.total, len(page.items), page.has_next) == (134, 100, True)
