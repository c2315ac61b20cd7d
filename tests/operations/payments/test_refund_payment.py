"""Refunding a payment: their invoices are reopened, credit is used up first, and the books balance."""

from contextlib import suppress
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from invoicing.domain.errors import Conflict, NotFound, PreconditionFailed, RefundRefused, ValidationFailed
from invoicing.domain.invoices.invoice import Status
from invoicing.domain.ledger.entry import LedgerEntry, Movement
from invoicing.domain.payments.payment import Payment, PaymentStatus
from invoicing.operations.payments.record_payment import NewAllocation, NewCustomerPayment, record_payment
from invoicing.operations.payments.refund_payment import NewRefund, refund_payment
from tests.books import (
    assert_books_balance,
    credit,
    credit_note,
    current,
    entries,
    issue,
    ledger_of,
    pay,
    pay_with_credit,
)
from tests.builders import NOW, a_customer, an_account
from tests.examples import examples
from tests.fakes import FakeLedger, FakeStore
from tests.office import Office


def refund(office: Office, payment: Payment, amount: str | None = None, if_version: int | None = None) -> Payment:
    new = NewRefund(amount=None if amount is None else Decimal(amount), reason="Returned goods")
    return office.run_use_case(
        lambda uow: refund_payment(uow, payment.id, new, ledger_of(office), if_version=if_version)
    )


def test_a_part_goes_back_and_the_invoice_is_owed_again(office: Office, store: FakeStore) -> None:
    invoice = issue(office)
    payment = pay(office, invoice, "100", reference="TX-1")
    office.now = NOW + timedelta(days=2)
    events = len(store.events)
    after = refund(office, payment, "30")
    (made,) = after.refunds
    assert (made.amount, made.reason, made.created_at) == (3000, "Returned goods", office.now)
    assert (after.status, after.left, after.version) == (PaymentStatus.PARTIALLY_REFUNDED, 7000, 2)
    reopened = current(store, invoice)
    assert (reopened.status, reopened.amount_paid, reopened.amount_due, reopened.paid_date) == (
        Status.PARTIALLY_PAID, 7000, 3000, None,
    )  # fmt: skip
    assert store.event_types()[events:] == ["invoice.updated", "payment.refunded"]
    updated, refunded = (store.events[key] for key in sorted(store.events)[events:])
    assert updated.data["changed"] == ["amount_due", "amount_paid", "paid_date", "payments", "status"]
    assert (refunded.resource_id, str(refunded.data["amount"]), refunded.data["status"]) == (
        payment.id, "30.00", "partially_refunded",
    )  # fmt: skip
    (entry,) = (entry for entry in store.all(LedgerEntry) if entry.movement is Movement.REFUND)
    assert (entry.amount, entry.credit, entry.date, entry.document) == (3000, 0, office.now.date(), "TX-1")
    assert (entry.payment_id, entry.invoice_id) == (payment.id, invoice.id)
    assert_books_balance(store)


def test_without_an_amount_all_of_it_goes_back(office: Office, store: FakeStore) -> None:
    invoice = issue(office)
    payment = pay(office, invoice, "100")
    refund(office, payment, "30")
    after = refund(office, payment)
    assert ([made.amount for made in after.refunds], after.status) == ([3000, 7000], PaymentStatus.REFUNDED)
    assert current(store, invoice).status is Status.SENT
    assert_books_balance(store)
    with pytest.raises(RefundRefused) as refused:
        refund(office, payment)
    assert refused.value.code == "already_refunded"


def test_a_refund_after_the_due_date_leaves_it_overdue(office: Office, store: FakeStore) -> None:
    invoice = issue(office, due_in=5)
    payment = pay(office, invoice, "100")
    office.now = NOW + timedelta(days=6)
    refund(office, payment)
    assert current(store, invoice).status is Status.OVERDUE


def test_credit_goes_back_first(office: Office, store: FakeStore) -> None:
    invoice = issue(office)
    payment = pay(office, invoice, "120")
    assert credit(store) == 2000
    refund(office, payment, "15")
    assert (credit(store), current(store, invoice).amount_due) == (500, 0)
    refund(office, payment, "10")
    assert (credit(store), current(store, invoice).amount_due) == (0, 500)
    assert entries(store, Movement.REFUND) == [(1500, -1500), (1000, -500)]
    assert_books_balance(store)


def test_credit_that_was_used_stays_used(office: Office, store: FakeStore) -> None:
    first, second = issue(office), issue(office)
    payment = pay(office, first, "120")
    undone = pay_with_credit(office, store, second, 500)
    refund(office, undone)
    applied = pay_with_credit(office, store, second, 1500)
    used = rf"At most 105\.00 USD .* rest as credit \(payment {applied.id} of invoice {second.number}\)\."
    with pytest.raises(RefundRefused, match=used):
        refund(office, payment, "106")
    after = refund(office, payment)
    assert (after.refunded_amount, after.left, credit(store)) == (10500, 1500, 0)
    assert_books_balance(store)


def test_what_was_paid_with_credit_becomes_credit_again(office: Office, store: FakeStore) -> None:
    first, second = issue(office), issue(office)
    pay(office, first, "150")
    applied = pay_with_credit(office, store, second, 4000)
    assert_books_balance(store)
    after = refund(office, applied, "25")
    assert (after.status, credit(store)) == (PaymentStatus.PARTIALLY_REFUNDED, 1000 + 2500)
    assert entries(store, Movement.CREDIT_APPLIED) == [(0, -4000), (0, 2500)]
    assert entries(store, Movement.REFUND) == []
    assert current(store, second).amount_due == 8500
    assert_books_balance(store)
    refund(office, applied)
    assert (credit(store), current(store, second).status) == (5000, Status.SENT)
    assert_books_balance(store)


def test_of_several_invoices_the_one_paid_last_is_owed_first(office: Office, store: FakeStore) -> None:
    invoices = [issue(office, due_in=days) for days in (20, 10)]
    parts = tuple(NewAllocation(invoice_id=invoice.id, amount=Decimal(100)) for invoice in invoices)
    new = NewCustomerPayment(customer_id="cust_123", amount=Decimal(200), method="check", allocations=parts)
    payment = office.run_use_case(lambda uow: record_payment(uow, new, FakeLedger(store)))
    refund(office, payment, "130")
    assert [current(store, invoice).amount_due for invoice in invoices] == [3000, 10000]
    assert_books_balance(store)


def test_of_two_refunds_at_once_the_second_sees_the_first(office: Office, store: FakeStore) -> None:
    payment = pay(office, issue(office), "100")
    other = Office(store, ids=office.ids)
    store.before_next_commit(lambda: refund(other, payment, "60"))
    with pytest.raises(RefundRefused, match=r"At most 40\.00"):
        refund(office, payment, "60")
    assert current(store, payment).refunded_amount == 6000
    assert_books_balance(store)


def test_a_payment_that_comes_in_meanwhile_is_not_lost(office: Office, store: FakeStore) -> None:
    invoice = issue(office)
    payment = pay(office, invoice, "60")
    other = Office(store, ids=office.ids)
    store.before_next_commit(lambda: pay(other, invoice, "40"))
    refund(office, payment)
    assert (current(store, invoice).amount_paid, current(store, invoice).amount_due) == (4000, 6000)
    assert_books_balance(store)


def test_an_amount_has_the_decimals_of_its_currency(office: Office) -> None:
    payment = pay(office, issue(office), "100")
    with pytest.raises(ValidationFailed) as refused:
        refund(office, payment, "0.001")
    assert refused.value.details[0].code == "AMOUNT_INVALID"


def test_a_client_that_read_another_version_is_refused(office: Office) -> None:
    payment = pay(office, issue(office), "100")
    with pytest.raises(PreconditionFailed):
        refund(office, payment, "1", if_version=2)
    assert refund(office, payment, "1", if_version=1).version == 2


def test_an_unknown_payment_is_not_found(office: Office) -> None:
    with pytest.raises(NotFound) as refused:
        office.run_use_case(lambda uow: refund_payment(uow, "pay_404", NewRefund(), ledger_of(office)))
    assert refused.value.code == "PAYMENT_NOT_FOUND"


STEPS = st.tuples(st.sampled_from(["pay", "refund", "apply", "credit"]), st.integers(0, 1), st.integers(1, 15000))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=examples(40), deadline=None)
@given(st.lists(STEPS, max_size=8))
def test_whatever_is_paid_applied_and_refunded_the_books_balance(steps: list[tuple[str, int, int]]) -> None:
    store = FakeStore()
    store.keep(an_account(), a_customer())
    office = Office(store)
    invoices = [issue(office), issue(office)]
    for step, number, amount in steps:
        invoice, payments = current(store, invoices[number]), store.all(Payment)
        if step == "pay":
            pay(office, invoice, str(Decimal(amount) / 100))
        elif step == "apply" and min(invoice.amount_due, credit(store), amount):
            pay_with_credit(office, store, invoice, min(invoice.amount_due, credit(store), amount))
        elif step == "refund" and payments:
            with suppress(RefundRefused):
                refund(office, payments[number % len(payments)], str(Decimal(amount) / 100))
        elif step == "credit":
            with suppress(Conflict, ValidationFailed):
                credit_note(office, invoice, str(Decimal(amount) / 15000))
        assert_books_balance(store)
