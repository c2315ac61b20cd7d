"""Paying an invoice from its customer's credit."""

import pytest

from invoicing.domain.errors import Conflict, NotFound, PreconditionFailed, ValidationFailed
from invoicing.domain.invoices.invoice import Invoice, Status
from invoicing.domain.ledger.entry import Credit, LedgerEntry, Movement
from invoicing.domain.payments.payment import Payment
from tests.builders import an_invoice, an_issued_invoice
from tests.fakes import FakeStore
from tests.office import Office
from tests.operations.settling import (
    a_credit,
    an_entry,
    assert_books_add_up,
    keep_booked,
    lose,
    pay,
    use_credit,
)


def give_credit(store: FakeStore, amount: int) -> None:
    store.keep(a_credit(amount), an_entry(id="ent_credit", movement="payment", amount=-amount, credit=amount))


def credit(store: FakeStore) -> list[int]:
    return [credit.amount for credit in store.all(Credit)]


def test_as_much_as_there_is_pays_what_is_due(office: Office, store: FakeStore) -> None:
    keep_booked(store)
    give_credit(store, 50000)
    payment = use_credit(office)
    assert (payment.amount, payment.method, payment.to_credit, payment.invoice_id) == (
        50000, "customer_credit", 0, "inv_1",
    )  # fmt: skip
    (part,) = payment.allocations
    assert (part.invoice_id, part.invoice_number, part.amount) == ("inv_1", "INV-2026-001", 50000)
    (invoice,) = store.all(Invoice)
    assert (invoice.status, invoice.amount_paid, invoice.payments[0].method) == (
        Status.PARTIALLY_PAID, 50000, "customer_credit",
    )  # fmt: skip
    assert credit(store) == [0]
    assert (store.reads, store.commits) == (2, 1)


def test_no_more_is_used_than_is_due(office: Office, store: FakeStore) -> None:
    keep_booked(store)
    give_credit(store, 200000)
    assert use_credit(office).amount == 183600
    assert credit(store) == [16400]
    assert [invoice.status for invoice in store.all(Invoice)] == [Status.PAID]


def test_the_balance_stays_and_the_books_add_up(office: Office, store: FakeStore) -> None:
    keep_booked(store)
    give_credit(store, 50000)
    before = sum(entry.amount for entry in store.all(LedgerEntry))
    payment = use_credit(office, "100")
    (entry,) = (entry for entry in store.all(LedgerEntry) if entry.movement is Movement.CREDIT_APPLIED)
    assert (entry.amount, entry.credit, entry.document) == (0, -10000, "INV-2026-001")
    assert (entry.invoice_id, entry.payment_id, entry.date) == ("inv_1", payment.id, payment.payment_date)
    assert sum(entry.amount for entry in store.all(LedgerEntry)) == before
    assert_books_add_up(store)


def test_events_are_those_of_a_payment(office: Office, store: FakeStore) -> None:
    keep_booked(store)
    give_credit(store, 183600)
    use_credit(office, "1")
    use_credit(office)
    assert store.event_types() == [
        "invoice.partially_paid", "payment.created", "payment.succeeded",
        "invoice.paid", "payment.created", "payment.succeeded",
    ]  # fmt: skip


def test_credit_of_an_overpayment_pays_the_next_invoice(office: Office, store: FakeStore) -> None:
    keep_booked(store)
    keep_booked(store, id="inv_2")
    pay(office, "2000", over=True)
    assert use_credit(office, invoice_id="inv_2").amount == 16400
    assert credit(store) == [0]
    assert_books_add_up(store)


@pytest.mark.parametrize(
    ("amount", "code"),
    [("1836.01", "AMOUNT_EXCEEDS_DUE"), ("500.01", "AMOUNT_EXCEEDS_CREDIT"), ("0.001", "AMOUNT_INVALID")],
)
def test_more_than_there_is_is_refused(office: Office, store: FakeStore, amount: str, code: str) -> None:
    keep_booked(store)
    give_credit(store, 50000)
    with pytest.raises(ValidationFailed) as refused:
        use_credit(office, amount)
    (detail,) = refused.value.details
    assert (detail.field, detail.code) == ("amount", code)
    assert (credit(store), store.all(Payment), store.commits) == ([50000], [], 0)


def test_without_credit_in_its_currency_there_is_nothing_to_apply(office: Office, store: FakeStore) -> None:
    keep_booked(store)
    store.keep(a_credit(50000, currency="EUR"), a_credit(50000, customer_id="cust_2"))
    with pytest.raises(Conflict, match="no credit in USD") as refused:
        use_credit(office)
    assert refused.value.code == "NOTHING_TO_APPLY"
    with pytest.raises(ValidationFailed, match=r"at most the customer's credit, 0.00 USD"):
        use_credit(office, "1")


def test_where_nothing_is_due_there_is_nothing_to_apply(office: Office, store: FakeStore) -> None:
    keep_booked(store)
    give_credit(store, 50000)
    lose(office)
    with pytest.raises(Conflict, match=r"no amount due\. 1836\.00 USD is written off; undo the write-off first\."):
        use_credit(office)
    with pytest.raises(ValidationFailed) as refused:
        use_credit(office, "1")
    assert refused.value.code == "AMOUNT_EXCEEDS_DUE"


@pytest.mark.parametrize("invoice", [an_invoice(), an_issued_invoice(status=Status.CANCELLED)])
def test_drafts_and_cancelled_invoices_take_none(office: Office, store: FakeStore, invoice: Invoice) -> None:
    store.keep(invoice)
    give_credit(store, 50000)
    with pytest.raises(Conflict) as refused:
        use_credit(office)
    assert refused.value.code == "INVALID_INVOICE_STATE"


def test_credit_is_used_once_by_two_at_once(office: Office, store: FakeStore) -> None:
    keep_booked(store)
    keep_booked(store, id="inv_2")
    give_credit(store, 50000)
    other = Office(store, ids=office.ids)
    store.before_next_commit(lambda: use_credit(other, "400", "inv_2"))
    assert use_credit(office).amount == 10000
    assert credit(store) == [0]
    assert_books_add_up(store)


def test_a_client_that_read_another_version_is_refused(office: Office, store: FakeStore) -> None:
    keep_booked(store, version=3)
    give_credit(store, 50000)
    with pytest.raises(PreconditionFailed):
        use_credit(office, if_version=2)
    assert use_credit(office, if_version=3).version == 1


def test_an_unknown_invoice_is_not_found(office: Office) -> None:
    with pytest.raises(NotFound):
        use_credit(office, invoice_id="inv_404")
