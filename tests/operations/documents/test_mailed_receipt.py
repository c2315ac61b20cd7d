"""What the e-mail of a receipt says beside it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.parties.customer import Customer
from invoicing.domain.payments.payment import Payment, PaymentStatus
from invoicing.operations.documents.mailed_receipt import MailedReceipt, read_receipt, with_its_receipt
from tests.builders import NOW, a_delivery
from tests.fakes import FakeLedger, FakeObjectStore, FakeStore
from tests.office import Office
from tests.operations.settling import keep_booked, pay


@pytest.fixture
def payment(office: Office, store: FakeStore) -> Payment:
    keep_booked(store)
    return pay(office, "1000")


def mailed(office: Office, store: FakeStore, payment: Payment) -> MailedReceipt:
    return read_receipt(office.uow(), payment, ledger=FakeLedger(store))


def test_it_says_what_the_customer_owes_now_and_links_to_the_page(
    office: Office, store: FakeStore, payment: Payment
) -> None:
    keep_booked(store, id="inv_2")
    found = mailed(office, store, payment)
    assert found.balance == 2 * 183600 - 100000
    assert found.invoice
    assert found.invoice.id == payment.invoice_id
    assert found.invoice.page_token


def test_a_link_that_has_expired_or_of_several_invoices_is_left_out(
    office: Office, store: FakeStore, payment: Payment
) -> None:
    assert mailed(office, store, replace(payment, invoice_id=None)).invoice is None
    (invoice,) = store.all(Invoice)
    store.keep(replace(invoice, page_expires_at=NOW - timedelta(days=1)))
    assert mailed(office, store, payment).invoice is None


def test_of_a_customer_who_is_removed_nothing_is_said(office: Office, store: FakeStore, payment: Payment) -> None:
    assert mailed(office, store, replace(payment, customer_id="cust_404")).balance is None


def test_it_depends_on_payment_and_page_and_is_refused_like_its_receipt(
    office: Office, store: FakeStore, payment: Payment
) -> None:
    objects = FakeObjectStore()
    document = with_its_receipt(
        FakeLedger(store), lambda paid, _: paid.id.encode(), lambda found, _, pdf, __: pdf + str(found.balance).encode()
    )
    found = mailed(office, store, payment)
    assert list(document.type.parts(found)) == [payment, found.invoice]
    assert document.type.refusal(found) is None
    reversed_ = replace(found, payment=replace(payment, status=PaymentStatus.REVERSED))
    assert document.type.refusal(reversed_) == "reversed"
    assert document.compose(found, a_delivery(), objects) == f"{payment.id}83600".encode()
    assert store.all(Customer)
