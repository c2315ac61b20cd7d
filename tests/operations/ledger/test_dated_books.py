"""The books of `test_books`, with payments, refunds, reversals and write-offs of earlier days, and periods locked."""

from datetime import date
from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import settings
from hypothesis.stateful import invariant, rule

from invoicing.domain.ledger.entry import LedgerEntry
from invoicing.domain.money.amounts import to_major
from invoicing.domain.payments.payment import Payment
from invoicing.operations.account.update_account import update_account
from invoicing.operations.credit_notes.create_credit_note import NewCreditNote
from invoicing.operations.payments.record_invoice_payment import NewPayment, record_invoice_payment
from invoicing.operations.payments.refund_payment import NewRefund, refund_payment
from invoicing.operations.payments.reverse_payment import reverse_payment
from tests.examples import examples
from tests.operations.ledger.book_checks import DAY
from tests.operations.ledger.book_model import CURRENCIES, CUSTOMERS, credit_items
from tests.operations.ledger.test_books import AMOUNTS, Books

DAYS_AGO = st.integers(-1, 25)
"""-1 is tomorrow, which is refused."""


class DatedBooks(Books):
    """Moves of the client's own dates; what is locked stays as it was when it was locked."""

    def __init__(self) -> None:
        super().__init__()
        self.sealed: list[LedgerEntry] = []

    @rule(target=Books.payments, invoice_id=Books.invoices, amount=AMOUNTS, days=DAYS_AGO)
    def pay_dated(self, invoice_id: str, amount: int, days: int) -> Any:
        money = to_major(amount, self.stored(invoice_id).currency)
        new = NewPayment(amount=money, method="cash", payment_date=self.ago(days), allow_overpayment=True)
        return self.booked(self.do(lambda uow: record_invoice_payment(uow, invoice_id, new)))

    @rule(payment_id=Books.payments, amount=AMOUNTS, days=DAYS_AGO)
    def refund_dated(self, payment_id: str, amount: int, days: int) -> None:
        money = to_major(amount, self.payment(payment_id).currency)
        new = NewRefund(amount=money, refund_date=self.ago(days))
        self.gave_back(payment_id, lambda uow: refund_payment(uow, payment_id, new, self.ledger))

    @rule(payment_id=Books.payments, days=DAYS_AGO)
    def reverse_dated(self, payment_id: str, days: int) -> None:
        self.gave_back(
            payment_id, lambda uow: reverse_payment(uow, payment_id, "bounced", self.ledger, on=self.ago(days))
        )

    @rule(invoice_id=Books.invoices, days=DAYS_AGO)
    def write_off_dated(self, invoice_id: str, days: int) -> None:
        bill, due = self.bills[invoice_id], self.stored(invoice_id).amount_due
        if self.lose(invoice_id, None, on=self.ago(days)):
            bill.written_off += due

    @rule(invoice_id=Books.invoices, data=st.data(), days=DAYS_AGO)
    def credit_dated(self, invoice_id: str, data: st.DataObject, days: int) -> None:
        items = (data.draw(credit_items(self.stored(invoice_id))),)
        self.credit_with(invoice_id, NewCreditNote(reason="returned", items=items, issue_date=self.ago(days)))

    @rule(customer=st.sampled_from(CUSTOMERS), currency=st.sampled_from(CURRENCIES), days=DAYS_AGO)
    def pay_out_dated(self, customer: str, currency: str, days: int) -> None:
        if amount := self.credit.get((customer, currency), 0):
            possible = days >= 0 and not self.is_locked(self.ago(days))
            assert self.pays_out(customer, currency, amount, on=self.ago(days)) is possible

    @rule(days=st.none() | st.integers(1, 20))
    def lock(self, days: int | None) -> None:
        self.locked = None if days is None else self.ago(days)
        assert self.do(lambda uow: update_account(uow, {"books_locked_until": self.locked}))
        self.sealed = self.entries_in_locked_period()

    @invariant()
    def a_locked_period_stays_as_it_is(self) -> None:
        assert self.entries_in_locked_period() == self.sealed

    @invariant()
    def nothing_is_dated_before_what_it_undoes_or_after_today(self) -> None:
        for payment in self.store.all(Payment):
            undone = [refund.refund_date for refund in payment.refunds]
            undone += [payment.reversal_date] if payment.reversal_date else []
            assert all(payment.payment_date <= day for day in undone)
        assert all(entry.date <= self.office.now.date() for entry in self.store.all(LedgerEntry))

    def ago(self, days: int) -> date:
        """The date so many days before today."""
        return self.office.now.date() - days * DAY

    def entries_in_locked_period(self) -> list[LedgerEntry]:
        return [entry for entry in self.store.all(LedgerEntry) if self.locked and entry.date <= self.locked]


DatedBooks.TestCase.settings = settings(max_examples=examples(80), stateful_step_count=40, deadline=None)
TestDatedBooks = pytest.mark.slow(DatedBooks.TestCase)
