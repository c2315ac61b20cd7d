"""Voiding an invoice."""

from datetime import timedelta

import pytest

from invoicing.domain.deliveries.delivery import Delivery
from invoicing.domain.errors import Conflict, NotFound, PreconditionFailed
from invoicing.domain.invoices.invoice import Invoice, Status
from invoicing.domain.invoices.lifecycle import mark_viewed
from invoicing.domain.numbering.series import NumberReservation
from invoicing.operations.documents.order_email import EmailRequest
from invoicing.operations.invoices.create_invoice import create_invoice
from invoicing.operations.invoices.send_invoice import send_invoice
from invoicing.operations.invoices.void_invoice import void_invoice
from tests.books import assert_books_balance, issue
from tests.builders import NOW, PAGE_URL, a_new_invoice, an_invoice, an_issued_invoice
from tests.fakes import FakeStore
from tests.office import Office

VOIDABLE = [Status.DRAFT, Status.SENT, Status.VIEWED, Status.OVERDUE]


def void(
    office: Office, invoice_id: str = "inv_1", reason: str | None = None, if_version: int | None = None
) -> Invoice:
    """Without a credit note, which the account's country would ask for."""
    return office.run_use_case(
        lambda uow: void_invoice(uow, invoice_id, reason, credit_note=False, if_version=if_version)
    ).invoice


@pytest.mark.parametrize("status", VOIDABLE)
def test_an_unpaid_invoice_is_cancelled_and_nothing_else_about_it_changes(
    office: Office, store: FakeStore, status: Status
) -> None:
    before = an_invoice() if status is Status.DRAFT else an_issued_invoice(status=status)
    store.keep(before)
    office.now = NOW + timedelta(days=3)
    invoice = void(office, reason="Billed twice")
    assert (invoice.status, invoice.voided_at, invoice.void_reason) == (Status.CANCELLED, office.now, "Billed twice")
    assert (invoice.version, invoice.revision, invoice.amount_due) == (before.version + 1, before.revision, 0)
    assert (invoice.number, invoice.lines, invoice.total, invoice.page_token) == (
        before.number, before.lines, before.total, before.page_token,
    )  # fmt: skip
    assert store.all(Invoice) == [invoice]
    assert store.event_types() == ["invoice.cancelled"]
    assert (store.reads, store.commits) == (1, 1)


@pytest.mark.parametrize("status", [Status.PAID, Status.PARTIALLY_PAID])
def test_what_is_paid_has_to_be_refunded_first(office: Office, store: FakeStore, status: Status) -> None:
    store.keep(an_issued_invoice(status=status, amount_paid=1))
    with pytest.raises(Conflict, match="Refund its payments first") as refused:
        void(office)
    assert (refused.value.code, refused.value.extra["status"]) == ("INVALID_INVOICE_STATE", str(status))
    assert store.commits == 0


def test_a_voided_invoice_cannot_be_voided_again(office: Office, store: FakeStore) -> None:
    store.keep(an_issued_invoice())
    first = void(office, reason="first")
    with pytest.raises(Conflict):
        void(office, reason="second")
    assert store.all(Invoice) == [first]
    assert store.event_types() == ["invoice.cancelled"]


def test_of_two_who_void_at_once_one_is_told_that_it_is_done(office: Office, store: FakeStore) -> None:
    store.keep(an_issued_invoice())
    other = Office(store, ids=office.ids)
    store.before_next_commit(lambda: void(other, reason="first"))
    with pytest.raises(Conflict):
        void(office, reason="second")
    assert [invoice.void_reason for invoice in store.all(Invoice)] == ["first"]


@pytest.mark.parametrize("sent", [False, True])
def test_the_number_of_a_voided_invoice_stays_used(office: Office, store: FakeStore, sent: bool) -> None:
    def create() -> Invoice:
        new = a_new_invoice(number="OWN-1")
        return office.run_use_case(lambda uow: create_invoice(uow, new, send_email=sent, page_url=PAGE_URL))

    void(office, create().id)
    assert [taken.id for taken in store.all(NumberReservation)] == ["OWN-1"]
    with pytest.raises(Conflict) as refused:
        create()
    assert refused.value.code == "DUPLICATE_INVOICE_NUMBER"


def test_the_series_goes_on_after_a_voided_invoice(office: Office) -> None:
    def issue() -> Invoice:
        return office.run_use_case(lambda uow: create_invoice(uow, a_new_invoice(), send_email=True, page_url=PAGE_URL))

    void(office, issue().id)
    assert issue().number == "INV-2026-002"


def test_an_invoice_opened_while_it_is_voided_is_cancelled_all_the_same(office: Office, store: FakeStore) -> None:
    issued = an_issued_invoice()
    store.keep(issued)
    store.before_next_commit(lambda: store.keep(mark_viewed(issued, NOW)))
    invoice = void(office)
    assert (invoice.status, invoice.viewed_at) == (Status.CANCELLED, NOW)


def test_an_invoice_voided_while_it_is_sent_again_makes_no_delivery(office: Office, store: FakeStore) -> None:
    store.keep(an_issued_invoice())
    other = Office(store, ids=office.ids)
    store.before_next_commit(lambda: void(other))
    with pytest.raises(Conflict):
        office.run_use_case(lambda uow: send_invoice(uow, "inv_1", EmailRequest(), page_url=PAGE_URL))
    assert store.all(Delivery) == []


def test_a_client_that_read_another_version_is_refused(office: Office, store: FakeStore) -> None:
    store.keep(an_issued_invoice(version=3))
    with pytest.raises(PreconditionFailed):
        void(office, if_version=2)
    assert void(office, if_version=3).version == 4


def test_an_unknown_invoice_is_not_found(office: Office) -> None:
    with pytest.raises(NotFound):
        void(office, "inv_404")


def test_an_invoice_of_0_is_voided_although_its_state_was_paid(office: Office, store: FakeStore) -> None:
    free = issue(office, "0")
    assert (free.status, free.total) == (Status.PAID, 0)
    assert void(office, free.id).status is Status.CANCELLED
    assert_books_balance(store)
