"""Reversing a payment: a bounced check, or one that was typed wrong."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from invoicing.domain.errors import Conflict, NotFound, PreconditionFailed
from invoicing.domain.invoices.invoice import Status
from invoicing.domain.ledger.entry import Movement
from invoicing.domain.payments.payment import Payment, PaymentStatus
from invoicing.operations.payments.refund_payment import NewRefund, refund_payment
from invoicing.operations.payments.reverse_payment import reverse_payment
from invoicing.operations.unit_of_work.change_set import Ref
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
from tests.fakes import FakeLedger, FakeStore
from tests.office import Office


def reverse(office: Office, payment: Payment, if_version: int | None = None) -> Payment:
    return office.run_use_case(
        lambda uow: reverse_payment(uow, payment.id, "The check bounced", ledger_of(office), if_version=if_version)
    )


def test_all_of_it_is_undone_and_both_stay_visible(office: Office, store: FakeStore) -> None:
    invoice = issue(office)
    payment = pay(office, invoice, "120", method="check")
    office.now = NOW + timedelta(days=4)
    events = len(store.events)
    after = reverse(office, payment)
    assert (after.status, after.left, after.reversed_at, after.reversal_reason) == (
        PaymentStatus.REVERSED, 0, office.now, "The check bounced",
    )  # fmt: skip
    assert (after.amount, after.refunded_amount, after.refunds) == (12000, 0, ())
    reopened = current(store, invoice)
    assert (reopened.status, reopened.amount_due, [part.returned for part in reopened.payments]) == (
        Status.SENT,
        10000,
        [10000],
    )
    assert credit(store) == 0
    assert entries(store, Movement.REVERSAL) == [(12000, -2000)]
    assert store.event_types()[events:] == ["invoice.updated", "payment.reversed"]
    assert_books_balance(store)


def test_a_debt_that_ended_with_a_credit_note_stays_ended(office: Office, store: FakeStore) -> None:
    invoice = issue(office)
    payment = pay(office, invoice, "100", method="check")
    credit_note(office, invoice, "0.4")
    assert credit(store) == 4000
    reverse(office, payment)
    assert (credit(store), current(store, invoice).amount_due) == (0, 6000)
    assert entries(store, Movement.REVERSAL) == [(10000, -4000)]
    assert_books_balance(store)


def test_only_what_is_left_is_undone(office: Office, store: FakeStore) -> None:
    payment = pay(office, issue(office), "100")
    office.run_use_case(lambda uow: refund_payment(uow, payment.id, NewRefund(amount=Decimal(30)), FakeLedger(store)))
    after = reverse(office, payment)
    assert (after.refunded_amount, after.status) == (3000, PaymentStatus.REVERSED)
    assert entries(store, Movement.REVERSAL) == [(7000, 0)]
    assert_books_balance(store)


def test_what_is_gone_cannot_be_reversed(office: Office, store: FakeStore) -> None:
    payment = pay(office, issue(office), "100")
    reverse(office, payment)
    with pytest.raises(Conflict, match="Cannot reverse a payment in status reversed") as refused:
        reverse(office, payment)
    assert (refused.value.code, refused.value.extra) == ("INVALID_PAYMENT_STATE", {"status": "reversed"})
    assert_books_balance(store)


def test_a_payment_whose_credit_was_used_is_reversed_after_its_use(office: Office, store: FakeStore) -> None:
    first, second = issue(office), issue(office)
    payment = pay(office, first, "120")
    applied = pay_with_credit(office, store, second, 500)
    used = rf"has used credit from this payment \(payment {applied.id} of invoice {second.number}\)"
    with pytest.raises(Conflict, match=used):
        reverse(office, payment)
    reverse(office, applied)
    assert entries(store, Movement.CREDIT_APPLIED) == [(0, -500), (0, 500)]
    assert_books_balance(store)
    reverse(office, payment)
    assert credit(store) == 0
    assert_books_balance(store)


def test_credit_used_meanwhile_is_seen(office: Office, store: FakeStore) -> None:
    first, second = issue(office), issue(office)
    payment = pay(office, first, "120")
    other = Office(store, ids=office.ids)
    store.before_next_commit(lambda: pay_with_credit(other, store, second, 500))
    with pytest.raises(Conflict):
        reverse(office, payment)
    assert_books_balance(store)


class Slow(FakeStore):
    """Somebody else is done between the first reading and the second."""

    def __init__(self) -> None:
        super().__init__()
        self.between: list[Callable[[], object]] = []

    def find_together(self, *refs: Ref[Any]) -> tuple[Any, ...]:
        while self.between:
            self.between.pop()()
        return super().find_together(*refs)


@pytest.mark.parametrize("amount", ["100", "120"])
def test_what_another_reverses_between_two_readings_is_seen(amount: str) -> None:
    store = Slow()
    store.keep(an_account(), a_customer())
    office = Office(store)
    payment = pay(office, issue(office), amount)
    store.between.append(lambda: reverse(Office(store, ids=office.ids), payment))
    with pytest.raises(Conflict, match="Cannot reverse a payment in status reversed"):
        reverse(office, payment)
    assert_books_balance(store)


def test_of_what_another_refunds_between_two_readings_the_rest_is_reversed() -> None:
    store = Slow()
    store.keep(an_account(), a_customer())
    office = Office(store)
    payment = pay(office, issue(office), "120")
    part = NewRefund(amount=Decimal(10))
    store.between.append(
        lambda: Office(store, ids=office.ids).run_use_case(
            lambda uow: refund_payment(uow, payment.id, part, FakeLedger(store))
        )
    )
    assert (reverse(office, payment).refunded_amount, credit(store)) == (1000, 0)
    assert_books_balance(store)


def test_a_client_that_read_another_version_is_refused(office: Office) -> None:
    payment = pay(office, issue(office), "100")
    with pytest.raises(PreconditionFailed):
        reverse(office, payment, if_version=2)
    assert reverse(office, payment, if_version=1).version == 2


def test_an_unknown_payment_is_not_found(office: Office) -> None:
    with pytest.raises(NotFound):
        office.run_use_case(lambda uow: reverse_payment(uow, "pay_404", "x", ledger_of(office)))
