"""The books of `test_books`, with invoices that offer discounts for early payment."""

from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import hypothesis.strategies as st
from hypothesis import settings
from hypothesis.stateful import Bundle, initialize, rule

from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.invoices.payment_terms import EarlyPaymentDiscount
from invoicing.domain.money.amounts import to_major
from invoicing.operations.credit_notes.create_credit_note import NewCreditNote
from invoicing.operations.invoices.create_invoice import create_invoice
from invoicing.operations.payments.record_invoice_payment import NewPayment, record_invoice_payment
from tests.builders import PAGE_URL, a_line, a_new_invoice
from tests.domain.money.second_opinion.rounding import rounded
from tests.examples import examples
from tests.operations.ledger.book_model import CURRENCIES, CUSTOMERS
from tests.operations.ledger.test_books import Books

TERMS = EarlyPaymentDiscount(Decimal("2.5"), 10)


class DiscountedBooks(Books):
    """2.5 % off within 10 days: of what is not credited, for those who pay the rest of what is due."""

    offers = Bundle("offers")

    @initialize(targets=(Books.invoices, offers))
    def begin_with_an_offer(self) -> Any:
        return self.offer("cust_1", "USD", [(100, "0.19"), (33, "0.07")], included=False)

    @rule(
        targets=(Books.invoices, offers),
        customer=st.sampled_from(CUSTOMERS),
        currency=st.sampled_from(CURRENCIES),
        prices=st.lists(st.tuples(st.integers(1, 200), st.sampled_from(("0", "0.07", "0.19"))), min_size=1, max_size=3),
        included=st.booleans(),
    )
    def offer(self, customer: str, currency: str, prices: list[tuple[int, str]], included: bool) -> Any:
        new = a_new_invoice(
            *(a_line("1", str(price), rate) for price, rate in prices),
            customer_id=customer,
            currency=currency,
            prices_include_tax=included,
            early_payment_discounts=(TERMS,),
        )
        sent = self.do(lambda uow: create_invoice(uow, new, send_email=True, page_url=PAGE_URL))
        self.issued(sent)
        return sent.id

    @rule(target=Books.payments, invoice_id=Books.invoices)
    def pay_in_time(self, invoice_id: str) -> Any:
        return self.pay_all_but_the_discount(invoice_id, None)

    @rule(target=Books.payments, invoice_id=offers, wanted=st.sampled_from((None, None, True, False)))
    def pay_all_but_the_discount(self, invoice_id: str, wanted: bool | None) -> Any:
        invoice = self.stored(invoice_id)
        discount = rounded(Fraction(TERMS.percent) * (invoice.total - invoice.amount_credited) / 100)
        amount = to_major(max(invoice.amount_due - discount, 1), invoice.currency)
        new = NewPayment(amount=amount, method="cash", take_discount=wanted)
        paid = self.do(lambda uow: record_invoice_payment(uow, invoice_id, new))
        can = self.can_take(invoice) and 0 < discount < invoice.amount_due
        payment = self.booked(paid)
        if paid is None:
            assert invoice.amount_due == 0 or (wanted and not can)
        elif note := self.note(paid.discount_note_id):
            assert can
            assert (note.total, self.stored(invoice_id).amount_due) == (discount, 0)
        else:
            assert not (can and wanted is not False), "a payment of exactly the reduced amount takes the discount"
        return payment

    @rule(target=Books.payments, invoice_id=offers)
    def pay_and_credit(self, invoice_id: str) -> Any:
        """So that there is credit of several notes, and which is used first matters."""
        payment = self.pay(invoice_id, self.stored(invoice_id).amount_due or 1, over=False)
        self.credit_with(invoice_id, NewCreditNote(reason="returned"))
        return payment

    def can_take(self, invoice: Invoice) -> bool:
        """Whether all payments are in time, and nothing is written off."""
        days = [self.payment(part.payment_id).payment_date for part in invoice.payments if part.amount > part.returned]
        last = max([self.office.now.date(), *days])
        in_time = last <= invoice.issue_date + timedelta(days=TERMS.days)
        return bool(invoice.early_payment_discounts) and in_time and not invoice.amount_written_off


DiscountedBooks.TestCase.settings = settings(max_examples=examples(40), stateful_step_count=40, deadline=None)
TestDiscountedBooks = DiscountedBooks.TestCase
