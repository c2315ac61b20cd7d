"""Deleting a customer: removed without invoices, archived with them."""

import pytest

from invoicing.domain.errors import Conflict, NotFound, PreconditionFailed, ValidationFailed
from invoicing.domain.invoices.invoice import Invoice, Status
from invoicing.domain.parties.customer import Customer
from invoicing.operations.customers.create_customer import create_customer
from invoicing.operations.customers.delete_customer import delete_customer
from invoicing.operations.documents.order_email import EmailRequest
from invoicing.operations.invoices.create_invoice import create_invoice
from invoicing.operations.invoices.send_invoice import send_invoice
from tests.builders import NOW, PAGE_URL, a_customer, a_new_customer, a_new_invoice, an_invoice, an_issued_invoice
from tests.fakes import FakeStore
from tests.office import Office


def delete(office: Office, if_version: int | None = None) -> None:
    office.run_use_case(lambda uow: delete_customer(uow, "cust_123", if_version=if_version))


def bill(office: Office, *, send_email: bool = False) -> Invoice:
    return office.run_use_case(
        lambda uow: create_invoice(uow, a_new_invoice(), send_email=send_email, page_url=PAGE_URL)
    )


def send(office: Office, invoice: Invoice) -> Invoice:
    return office.run_use_case(lambda uow: send_invoice(uow, invoice.id, EmailRequest(), page_url=PAGE_URL))


def test_a_customer_without_invoices_is_gone_and_its_id_is_free(office: Office, store: FakeStore) -> None:
    delete(office)
    assert store.all(Customer) == []
    assert store.event_types() == ["customer.deleted"]
    again = office.run_use_case(lambda uow: create_customer(uow, a_new_customer(id="cust_123")))
    assert again.version == 1


def test_a_customer_with_invoices_is_archived_and_its_invoices_stay(office: Office, store: FakeStore) -> None:
    invoice = bill(office, send_email=True)
    delete(office)
    (customer,) = store.all(Customer)
    assert (customer.archived_at, customer.name) == (NOW, "Initech Ltd.")
    assert store.all(Invoice) == [invoice]
    assert store.event_types()[-1] == "customer.deleted"
    with pytest.raises(Conflict):
        office.run_use_case(lambda uow: create_customer(uow, a_new_customer(id="cust_123")))


def test_deleting_an_archived_customer_again_changes_nothing(office: Office, store: FakeStore) -> None:
    store.keep(a_customer(version=3, has_invoices=True, archived_at=NOW))
    delete(office)
    assert (store.commits, store.event_types()) == (0, [])


def test_an_archived_customer_gets_no_new_invoice(office: Office, store: FakeStore) -> None:
    store.keep(a_customer(has_invoices=True, archived_at=NOW))
    with pytest.raises(ValidationFailed) as refused:
        bill(office)
    assert refused.value.code == "INVALID_CUSTOMER"
    assert [(detail.field, detail.code) for detail in refused.value.details] == [("customer_id", "CUSTOMER_ARCHIVED")]
    assert (store.commits, store.all(Invoice)) == (0, [])


def test_the_first_invoice_marks_its_customer_and_the_second_writes_nothing_to_it(
    office: Office, store: FakeStore
) -> None:
    assert bill(office).buyer.version == 2
    assert store.all(Customer) == [a_customer(version=2, has_invoices=True)]
    assert bill(office).buyer.version == 2
    assert store.all(Customer) == [a_customer(version=2, has_invoices=True)]


def test_an_invoice_made_while_its_customer_is_deleted_keeps_it_from_being_removed(
    office: Office, store: FakeStore
) -> None:
    store.before_next_commit(lambda: bill(Office(store, ids=office.ids)))
    delete(office)
    (customer,) = store.all(Customer)
    assert (customer.has_invoices, customer.archived_at) == (True, NOW)


def test_a_customer_removed_while_its_first_invoice_is_made_gets_none(office: Office, store: FakeStore) -> None:
    store.keep(a_customer(has_invoices=False))
    store.before_next_commit(lambda: delete(Office(store, ids=office.ids)))
    with pytest.raises(ValidationFailed) as refused:
        bill(office)
    assert refused.value.code == "INVALID_CUSTOMER"
    assert store.all(Invoice) == []


def test_a_customer_archived_while_a_draft_is_made_has_it_as_if_made_before(office: Office, store: FakeStore) -> None:
    store.keep(a_customer(has_invoices=True))
    store.before_next_commit(lambda: delete(Office(store, ids=office.ids)))
    draft = bill(office)
    assert store.all(Invoice) == [draft]
    (customer,) = store.all(Customer)
    assert customer.archived_at == NOW
    with pytest.raises(ValidationFailed):
        bill(office)


def test_a_customer_archived_while_an_invoice_is_issued_at_once_gets_none(office: Office, store: FakeStore) -> None:
    store.keep(a_customer(has_invoices=True))
    store.before_next_commit(lambda: delete(Office(store, ids=office.ids)))
    with pytest.raises(ValidationFailed) as refused:
        office.run_use_case(lambda uow: create_invoice(uow, a_new_invoice(), send_email=True, page_url=PAGE_URL))
    assert refused.value.code == "INVALID_CUSTOMER"
    assert store.all(Invoice) == []


def test_a_draft_of_an_archived_customer_can_still_be_sent(office: Office, store: FakeStore) -> None:
    draft = bill(office)
    delete(office)
    sent = send(office, draft)
    assert (sent.status, sent.buyer.version) == (Status.SENT, 3)
    assert send(office, sent).number == sent.number


def test_a_draft_whose_customer_is_archived_while_it_is_sent_is_sent(office: Office, store: FakeStore) -> None:
    draft = bill(office)
    store.before_next_commit(lambda: delete(Office(store, ids=office.ids)))
    assert send(office, draft).status is Status.SENT


@pytest.mark.parametrize("invoice", [an_invoice(), an_issued_invoice()], ids=["draft", "issued"])
def test_without_its_customer_an_invoice_is_sent_to_the_copy_it_has(
    office: Office, store: FakeStore, invoice: Invoice
) -> None:
    """No use case leaves an invoice without its customer; should data be damaged, it must not loop until 503."""
    store.keep(invoice)
    del store.entities[Customer, "acc_1", "cust_123"]
    assert send(office, invoice).buyer.email == "ap@initech.example"
    assert store.commits == 1


def test_an_editor_of_another_version_deletes_nothing(office: Office, store: FakeStore) -> None:
    store.keep(a_customer(version=2))
    with pytest.raises(PreconditionFailed):
        delete(office, if_version=1)
    assert store.all(Customer) == [a_customer(version=2)]


def test_an_unknown_customer_is_not_found(office: Office) -> None:
    delete(office)
    with pytest.raises(NotFound) as refused:
        delete(office)
    assert refused.value.code == "CUSTOMER_NOT_FOUND"
