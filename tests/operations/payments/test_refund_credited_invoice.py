"""Refunding payments of credited invoices: credit of the credit notes goes back before an invoice is due again."""

from datetime import timedelta
from decimal import Decimal

import pytest

from invoicing.domain.invoices.invoice import Status
from invoicing.domain.ledger.entry import Movement
from invoicing.domain.payments.payment import PaymentStatus
from invoicing.operations.payments.record_payment import NewAllocation, NewCustomerPayment, record_payment
from tests.books import assert_books_balance, credit, credit_note, current, entries, issue, pay, pay_with_credit
from tests.builders import NOW
from tests.fakes import FakeLedger, FakeStore
from tests.office import Office
from tests.operations.payments.test_refund_payment import refund


def test_a_debt_that_ended_with_a_credit_note_stays_ended(office: Office, store: FakeStore) -> None:
    invoice = issue(office, due_in=5)
    payment = pay(office, invoice, "100")
    credit_note(office, invoice)
    assert credit(store) == 10000
    office.now = NOW + timedelta(days=10)
    events = len(store.events)
    after = refund(office, payment)
    assert (after.status, after.refunded_amount, credit(store)) == (PaymentStatus.REFUNDED, 10000, 0)
    settled = current(store, invoice)
    assert (settled.status, settled.amount_due, settled.amount_paid) == (Status.PAID, 0, 0)
    assert (settled.amount_credited, settled.credited_to_customer) == (10000, 0)
    assert entries(store, Movement.REFUND) == [(10000, -10000)]
    updated, _ = (store.events[key] for key in sorted(store.events)[events:])
    assert updated.data["changed"] == [
        "amount_paid",
        "applied_to_invoice",
        "credited_to_customer",
        "paid_date",
        "payments",
    ]
    assert_books_balance(store)


@pytest.mark.parametrize(
    ("credited", "refunded", "left"),
    [
        ("0.4", "30", {"credit": 1000, "due": 0}),
        ("0.4", "40", {"credit": 0, "due": 0}),
        ("0.4", "60", {"credit": 0, "due": 2000}),
        ("0.4", "100", {"credit": 0, "due": 6000}),
        ("1", "60", {"credit": 4000, "due": 0}),
    ],
)
def test_a_refund_takes_the_credit_of_notes_first(
    office: Office, store: FakeStore, credited: str, refunded: str, left: dict[str, int]
) -> None:
    invoice = issue(office)
    payment = pay(office, invoice, "100")
    credit_note(office, invoice, credited)
    refund(office, payment, refunded)
    assert {"credit": credit(store), "due": current(store, invoice).amount_due} == left
    assert_books_balance(store)


def test_credit_of_a_note_that_was_used_covers_nothing(office: Office, store: FakeStore) -> None:
    first, second = issue(office), issue(office)
    payment = pay(office, first, "100")
    credit_note(office, first)
    pay_with_credit(office, store, second, 7000)
    refund(office, payment)
    assert (credit(store), current(store, first).amount_due, current(store, second).amount_due) == (0, 7000, 3000)
    assert_books_balance(store)


def test_a_note_covers_its_own_invoice_only(office: Office, store: FakeStore) -> None:
    credited, other = issue(office), issue(office)
    first, second = pay(office, credited, "100"), pay(office, other, "100")
    credit_note(office, credited)
    refund(office, second, "10")
    assert (credit(store), current(store, other).amount_due) == (10000, 1000)
    refund(office, first)
    assert (credit(store), current(store, credited).amount_due) == (0, 0)
    assert_books_balance(store)


def test_of_several_invoices_the_credited_one_is_settled_by_its_note(office: Office, store: FakeStore) -> None:
    first, second = issue(office), issue(office)
    parts = tuple(NewAllocation(invoice_id=invoice.id, amount=Decimal(100)) for invoice in (first, second))
    new = NewCustomerPayment(customer_id="cust_123", amount=Decimal(200), method="check", allocations=parts)
    payment = office.run_use_case(lambda uow: record_payment(uow, new, FakeLedger(store)))
    credit_note(office, first)
    refund(office, payment, "130")
    assert [current(store, invoice).amount_due for invoice in (first, second)] == [0, 3000]
    assert [part.returned for part in current(store, payment).allocations] == [10000, 3000]
    assert credit(store) == 0
    assert_books_balance(store)


def test_two_payments_share_the_credit_of_a_note(office: Office, store: FakeStore) -> None:
    invoice = issue(office)
    first, second = pay(office, invoice, "60"), pay(office, invoice, "40")
    credit_note(office, invoice, "0.7")
    refund(office, first)
    assert (credit(store), current(store, invoice).amount_due) == (1000, 0)
    refund(office, second)
    assert (credit(store), current(store, invoice).amount_due) == (0, 3000)
    assert_books_balance(store)


def test_a_payment_from_credit_gives_back_what_no_note_gave(office: Office, store: FakeStore) -> None:
    first, second = issue(office), issue(office)
    pay(office, first, "200")
    applied = pay_with_credit(office, store, second, 10000)
    credit_note(office, second, "0.4")
    assert credit(store) == 4000
    refund(office, applied)
    assert (credit(store), current(store, second).amount_due) == (10000, 6000)
    assert entries(store, Movement.CREDIT_APPLIED) == [(0, -10000), (0, 6000)]
    assert_books_balance(store)


def test_credit_that_is_applied_meanwhile_is_not_taken(office: Office, store: FakeStore) -> None:
    first, second = issue(office), issue(office)
    payment = pay(office, first, "100")
    credit_note(office, first)
    other = Office(store, ids=office.ids)
    store.before_next_commit(lambda: pay_with_credit(other, store, second, 10000))
    refund(office, payment)
    assert (credit(store), current(store, first).amount_due, current(store, second).amount_due) == (0, 10000, 0)
    assert_books_balance(store)
