"""The books after any invoice is cancelled by a credit note, and its payments are refunded."""

from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from invoicing.domain.errors import InvoicingError, RefundRefused
from invoicing.domain.invoices.drafting import NewInvoice
from invoicing.domain.invoices.invoice import Status
from invoicing.domain.money.payable import NewPrepayment, NewWithholding
from invoicing.domain.money.rounding import RoundingChoice
from invoicing.domain.payments.payment import Payment
from invoicing.operations.invoices.create_invoice import create_invoice
from invoicing.operations.invoices.revise_invoice import revise_invoice
from invoicing.operations.invoices.void_invoice import void_invoice
from invoicing.operations.payments.refund_payment import NewRefund, refund_payment
from tests.books import assert_books_balance, credit, credit_note, current, ledger_of, pay
from tests.builders import PAGE_URL, a_customer, a_line, a_new_invoice, an_account
from tests.fakes import FakeStore
from tests.office import Office

CENTS = st.integers(10, 20000).map(lambda cents: str(Decimal(cents) / 100))


@dataclass(frozen=True)
class Case:
    """An invoice, what of it is credited, and what is paid of it."""

    prices: list[str]
    rate: str | None
    withheld: str | None
    prepaid: str
    cash: str | None
    credited: str | None
    paid: list[str]

    def new_invoice(self) -> NewInvoice:
        ahead = (sum(map(Decimal, self.prices)) * Decimal(self.prepaid)).quantize(Decimal("0.01"))
        return a_new_invoice(
            *(a_line("1", price, self.rate) for price in self.prices),
            withholdings=(NewWithholding(name="TDS", rate=Decimal(self.withheld)),) if self.withheld else (),
            prepayments=(NewPrepayment(amount=ahead),) if ahead else (),
            rounding=RoundingChoice(cash=Decimal(self.cash)) if self.cash else None,
        )


CASES = st.builds(
    Case,
    prices=st.lists(CENTS, min_size=1, max_size=3),
    rate=st.sampled_from((None, "0.19", "0.081")),
    withheld=st.sampled_from((None, "0.15")),
    prepaid=st.sampled_from(("0", "0.01", "0.2")),
    cash=st.sampled_from((None, "0.05", "0.2")),
    credited=st.sampled_from((None, "0.3", "1")),
    paid=st.lists(CENTS, max_size=2),
)


@given(CASES)
def test_nothing_of_a_cancelled_invoice_is_due_and_what_was_paid_of_it_is_credit(case: Case) -> None:
    store = FakeStore()
    store.keep(an_account(), a_customer())
    office = Office(store)
    new = case.new_invoice()
    invoice = office.run_use_case(lambda uow: create_invoice(uow, new, send_email=True, page_url=PAGE_URL))
    if case.credited:
        credit_note(office, invoice, case.credited)
    payments = [pay(office, invoice, amount) for amount in case.paid]
    before, held = current(store, invoice), credit(store)
    is_left = before.amount_credited < before.total
    done = False
    with suppress(InvoicingError):
        if case.credited or case.paid:
            office.run_use_case(lambda uow: revise_invoice(uow, invoice.id, None))
        else:
            office.run_use_case(lambda uow: void_invoice(uow, invoice.id, None, credit_note=True))
        done = True
    assert done is is_left
    after = current(store, invoice)
    if done:
        own = after.amount_paid + after.prepaid_total
        assert (after.status, after.amount_due, after.credited_to_customer) == (Status.CANCELLED, 0, own)
        assert credit(store) - held == own - before.credited_to_customer
    assert_books_balance(store)
    for payment in payments:
        refund_all(office, payment)
        assert_books_balance(store)
    if done:
        assert (current(store, invoice).amount_paid, current(store, invoice).amount_due) == (0, 0)
        assert credit(store) == after.prepaid_total


def refund_all(office: Office, payment: Payment) -> None:
    with suppress(RefundRefused):
        office.run_use_case(lambda uow: refund_payment(uow, payment.id, NewRefund(), ledger_of(office)))
