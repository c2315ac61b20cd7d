"""Paying out credit: never more than there is, and the ledger, the balance and the event say so."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from invoicing.domain.errors import NotFound, RefundRefused, ValidationFailed
from invoicing.domain.ledger.entry import LedgerEntry, Movement
from invoicing.domain.payments.credit_payout import CreditPayout
from invoicing.operations.payments.pay_out_credit import NewCreditPayout, pay_out_credit
from invoicing.operations.payments.refund_payment import NewRefund, refund_payment
from tests.books import assert_books_balance, credit, credit_note, current, entries, issue, ledger_of, pay
from tests.builders import NOW, a_customer, an_account
from tests.fakes import FakeStore
from tests.office import Office
from tests.operations.settling import use_credit


def pay_out(office: Office, amount: str, customer_id: str = "cust_123", **more: Any) -> CreditPayout:
    new = NewCreditPayout(amount=Decimal(amount), **{"method": "bank_transfer"} | more)
    return office.run_use_case(lambda uow: pay_out_credit(uow, customer_id, new))


def test_credit_of_a_credit_note_is_paid_out(office: Office, store: FakeStore) -> None:
    invoice = issue(office)
    pay(office, invoice, "100")
    credit_note(office, invoice)
    events = len(store.events)
    payout = pay_out(office, "70", reference="wire 7")
    assert store.all(CreditPayout) == [payout]
    assert (payout.amount, payout.currency, payout.payout_date, payout.created_at) == (7000, "USD", NOW.date(), NOW)
    assert (credit(store), current(store, invoice).amount_due) == (3000, 0)
    (entry,) = (entry for entry in store.all(LedgerEntry) if entry.movement is Movement.CREDIT_PAYOUT)
    assert (entry.amount, entry.credit, entry.date, entry.document) == (7000, -7000, NOW.date(), "wire 7")
    assert (entry.credit_payout_id, entry.customer_id) == (payout.id, "cust_123")
    (event,) = (store.events[key] for key in sorted(store.events)[events:])
    assert (event.type, event.resource_id, event.sequence) == ("credit_payout.created", payout.id, 1)
    assert (str(event.data["amount"]), event.data["customer_id"], event.data["date"]) == (
        "70.00", "cust_123", "2026-11-22",
    )  # fmt: skip
    assert_books_balance(store)


def test_its_day_and_its_currency_can_be_given(office: Office, store: FakeStore) -> None:
    pay(office, issue(office, currency="EUR"), "120")
    payout = pay_out(office, "20", currency="EUR", payout_date=date(2026, 11, 20))
    assert (payout.currency, payout.payout_date) == ("EUR", date(2026, 11, 20))
    assert_books_balance(store)


def test_it_is_never_more_than_the_unused_credit(office: Office, store: FakeStore) -> None:
    pay(office, issue(office), "120")
    use_credit(office, "5", issue(office).id)
    commits = store.commits
    with pytest.raises(ValidationFailed, match=r"at most the customer's credit, 15\.00 USD") as refused:
        pay_out(office, "15.01")
    assert refused.value.code == "AMOUNT_EXCEEDS_CREDIT"
    with pytest.raises(ValidationFailed, match=r"credit, 0\.00 EUR"):
        pay_out(office, "1", currency="EUR")
    with pytest.raises(ValidationFailed) as invalid:
        pay_out(office, "0.001")
    assert invalid.value.details[0].code == "AMOUNT_INVALID"
    assert store.commits == commits
    pay_out(office, "15")
    assert entries(store, Movement.CREDIT_PAYOUT) == [(1500, -1500)]
    assert_books_balance(store)


def test_what_was_paid_out_cannot_be_refunded_too_and_the_refusal_names_it(office: Office, store: FakeStore) -> None:
    payment = pay(office, issue(office), "120")
    payout = pay_out(office, "15")
    new, ledger = NewRefund(amount=Decimal(120)), ledger_of(office)
    with pytest.raises(RefundRefused, match=rf"At most 105\.00 USD .* \(credit payout {payout.id}\)"):
        office.run_use_case(lambda uow: refund_payment(uow, payment.id, new, ledger))
    assert_books_balance(store)


def test_credit_that_is_used_meanwhile_is_not_paid_out(office: Office, store: FakeStore) -> None:
    pay(office, issue(office), "120")
    other, open_ = Office(store, ids=office.ids), issue(office)
    store.before_next_commit(lambda: use_credit(other, "10", open_.id))
    with pytest.raises(ValidationFailed, match=r"credit, 10\.00 USD"):
        pay_out(office, "20")
    assert_books_balance(store)


def test_an_archived_customer_is_paid_its_credit(store: FakeStore) -> None:
    office = Office(store)
    store.keep(an_account(), a_customer())
    pay(office, issue(office), "120")
    store.keep(a_customer(archived_at=NOW))
    assert pay_out(office, "20").amount == 2000


def test_an_unknown_customer_is_not_found(office: Office) -> None:
    with pytest.raises(NotFound) as refused:
        pay_out(office, "1", "cust_404")
    assert refused.value.code == "CUSTOMER_NOT_FOUND"
