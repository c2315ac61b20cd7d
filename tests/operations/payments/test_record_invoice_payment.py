"""Recording a payment of an invoice: the invoice, the credit and the ledger follow in one transaction."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from invoicing.domain.errors import Conflict, NotFound, PreconditionFailed, ValidationFailed
from invoicing.domain.invoices.invoice import Status
from invoicing.domain.ledger.entry import LedgerEntry, Movement
from invoicing.domain.payments.payment import Payment
from invoicing.operations.payments.record_invoice_payment import NewPayment, record_invoice_payment
from tests.books import assert_books_balance, credit, current, entries, issue, pay
from tests.builders import NOW, an_account, an_invoice
from tests.fakes import FakeStore
from tests.office import Office
from tests.operations.settling import lose, undo


def record(office: Office, invoice_id: str, amount: str, if_version: int | None = None, **more: Any) -> Payment:
    new = NewPayment(amount=Decimal(amount), method="cash", **more)
    return office.run_use_case(lambda uow: record_invoice_payment(uow, invoice_id, new, if_version=if_version))


def test_the_invoice_the_ledger_and_the_events_follow(office: Office, store: FakeStore) -> None:
    invoice = issue(office)
    office.now = NOW + timedelta(days=2)
    payment = record(office, invoice.id, "40", reference="TX-1", payment_date=date(2026, 11, 20))
    paid = current(store, invoice)
    assert (paid.status, paid.amount_paid, paid.version) == (Status.PARTIALLY_PAID, 4000, invoice.version + 1)
    assert store.event_types()[-3:] == ["invoice.partially_paid", "payment.created", "payment.succeeded"]
    (entry,) = (entry for entry in store.all(LedgerEntry) if entry.movement is Movement.PAYMENT)
    assert (entry.amount, entry.credit, entry.date, entry.document) == (-4000, 0, date(2026, 11, 20), "TX-1")
    assert (entry.payment_id, entry.invoice_id, entry.created_at) == (payment.id, invoice.id, office.now)
    assert (payment.buyer, payment.seller) == (invoice.buyer, invoice.seller)
    assert_books_balance(store)
    record(office, invoice.id, "60")
    assert current(store, invoice).status is Status.PAID
    assert store.event_types()[-3] == "invoice.paid"
    assert_books_balance(store)


def test_too_much_becomes_credit_where_that_is_allowed(office: Office, store: FakeStore) -> None:
    invoice = issue(office)
    with pytest.raises(ValidationFailed) as refused:
        record(office, invoice.id, "100.01")
    assert refused.value.code == "AMOUNT_EXCEEDS_DUE"
    record(office, invoice.id, "120", allow_overpayment=True)
    more = record(office, invoice.id, "5", allow_overpayment=True)
    assert (more.allocations, more.to_credit, credit(store)) == ((), 500, 2500)
    assert entries(store, Movement.PAYMENT) == [(-12000, 2000), (-500, 500)]
    assert_books_balance(store)


def test_a_payment_of_what_is_written_off_says_what_to_do(office: Office, store: FakeStore) -> None:
    invoice = issue(office)
    record(office, invoice.id, "30")
    lose(office, invoice_id=invoice.id)
    advice = r"at most the amount due, 0\.00 USD\. 70\.00 USD is written off; undo the write-off first\."
    with pytest.raises(ValidationFailed, match=advice) as refused:
        record(office, invoice.id, "70")
    assert refused.value.code == "AMOUNT_EXCEEDS_DUE"
    undo(office, invoice.id)
    record(office, invoice.id, "70")
    with pytest.raises(ValidationFailed, match=r"at most the amount due, 0\.00 USD\.$"):
        record(office, invoice.id, "1")


def test_a_payment_that_comes_in_meanwhile_is_seen(office: Office, store: FakeStore) -> None:
    invoice = issue(office)
    other = Office(store, ids=office.ids)
    store.before_next_commit(lambda: pay(other, invoice, "80"))
    with pytest.raises(ValidationFailed, match=r"at most the amount due, 20\.00 USD"):
        record(office, invoice.id, "30")
    assert_books_balance(store)


def test_today_is_the_day_of_the_accounts_time_zone(office: Office, store: FakeStore) -> None:
    store.keep(an_account(time_zone="Pacific/Auckland"))
    assert record(office, issue(office).id, "1").payment_date == date(2026, 11, 23)


def test_what_cannot_be_paid_is_refused(office: Office, store: FakeStore) -> None:
    store.keep(an_invoice(id="inv_draft"))
    with pytest.raises(Conflict):
        record(office, "inv_draft", "1")
    with pytest.raises(NotFound):
        record(office, "inv_404", "1")
    with pytest.raises(PreconditionFailed):
        record(office, issue(office).id, "1", if_version=9)
