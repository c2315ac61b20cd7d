"""What a refund or reversal took of each invoice, with date, method and status."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invoicing.domain.errors import ValidationFailed
from invoicing.domain.invoices.invoice import Invoice, InvoicePayment, InvoiceRefund
from invoicing.domain.invoices.settlement import KEPT_REFUNDS
from invoicing.domain.payments.payment import Payment, Refund
from invoicing.operations.payments.record_payment import NewAllocation, NewCustomerPayment, record_payment
from invoicing.operations.payments.refund_payment import NewRefund, refund_payment
from invoicing.operations.payments.reverse_payment import reverse_payment
from tests.books import current, issue, ledger_of, pay
from tests.builders import NOW, a_customer, an_account
from tests.fakes import FakeStore
from tests.office import Office
from tests.operations.settling import a_credit, an_entry, use_credit


def refund(office: Office, payment: Payment, amount: str | None = None, **wishes: Any) -> Payment:
    new = NewRefund(amount=None if amount is None else Decimal(amount), **wishes)
    return office.run_use_case(lambda uow: refund_payment(uow, payment.id, new, ledger_of(office)))


def pay_two(office: Office, first: Invoice, second: Invoice, *, more: str = "0") -> Payment:
    """60 for one invoice, 40 for another, and what is more becomes credit."""
    parts = (
        NewAllocation(invoice_id=first.id, amount=Decimal(60)),
        NewAllocation(invoice_id=second.id, amount=Decimal(40)),
    )
    amount = 100 + Decimal(more)
    new = NewCustomerPayment(
        customer_id="cust_123", amount=amount, method="check", allocations=parts, allow_overpayment=True
    )
    return office.run_use_case(lambda uow: record_payment(uow, new, ledger_of(office)))


def part_of(store: FakeStore, invoice: Invoice) -> InvoicePayment:
    part: InvoicePayment
    (part,) = current(store, invoice).payments
    return part


def refund_of(made: Refund, amount: int) -> InvoiceRefund:
    return InvoiceRefund(refund_id=made.id, amount=amount, refund_date=made.refund_date, method=made.method)


def test_a_refund_says_what_it_took_of_each_invoice_and_of_credit(office: Office, store: FakeStore) -> None:
    first, second = issue(office), issue(office)
    payment = pay_two(office, first, second, more="7")
    on = (NOW + timedelta(days=1)).date()
    office.now = NOW + timedelta(days=2)
    after = refund(office, payment, "50", method="bank_transfer", refund_date=on)
    (made,) = after.refunds
    assert (made.of_credit, made.of_invoices) == (700, ((second.id, 4000), (first.id, 300)))
    assert (made.method, made.refund_date) == ("bank_transfer", on)
    assert part_of(store, first).refunds == (refund_of(made, 300),)
    assert part_of(store, second).refunds == (refund_of(made, 4000),)
    assert [part_of(store, invoice).status for invoice in (first, second)] == ["partially_refunded", "refunded"]


def test_money_goes_back_the_way_it_came_unless_the_client_says_otherwise(office: Office, store: FakeStore) -> None:
    first, second = issue(office), issue(office)
    after = refund(office, pay_two(office, first, second), "10")
    assert after.refunds[0].method == "check"
    assert (part_of(store, first).refunds, part_of(store, first).status) == ((), "succeeded")


def test_refunded_credit_is_credit_again_whatever_a_client_would_like(office: Office, store: FakeStore) -> None:
    invoice = issue(office)
    store.keep(a_credit(5000), an_entry(id="ent_credit", movement="payment", amount=-5000, credit=5000))
    payment = use_credit(office, invoice_id=invoice.id)
    with pytest.raises(ValidationFailed, match="refund_method cannot be chosen"):
        refund(office, payment, method="cash")
    with pytest.raises(ValidationFailed, match="exchange_rate must be left out"):
        refund(office, payment, exchange_rate=Decimal(1))
    assert refund(office, payment).refunds[0].method == "customer_credit"


def test_a_reversal_is_no_refund_and_has_its_own_date(office: Office, store: FakeStore) -> None:
    first, second = issue(office), issue(office)
    payment = refund(office, pay_two(office, first, second), "10")
    on = (NOW + timedelta(days=1)).date()
    office.now = NOW + timedelta(days=2)
    office.run_use_case(lambda uow: reverse_payment(uow, payment.id, "bounced", ledger_of(office), on=on))
    for invoice, refunded in ((first, []), (second, [1000])):
        part = part_of(store, invoice)
        assert (part.status, part.reversal_date, part.returned) == ("reversed", on, part.amount)
        assert [each.amount for each in part.refunds] == refunded


def test_an_invoice_keeps_the_latest_refunds_and_the_payment_all(office: Office, store: FakeStore) -> None:
    invoice = issue(office)
    payment = pay(office, invoice, "100")
    for _ in range(KEPT_REFUNDS + 2):
        payment = refund(office, payment, "1")
    kept = [each.refund_id for each in part_of(store, invoice).refunds]
    assert kept == [each.id for each in payment.refunds][2:]
    assert part_of(store, invoice).returned == 100 * (KEPT_REFUNDS + 2)


@given(st.integers(0, 20), st.lists(st.integers(1, 120), min_size=1, max_size=5))
def test_the_parts_add_up_to_the_refunds_and_to_what_each_invoice_lost(more: int, amounts: list[int]) -> None:
    store = FakeStore()
    store.keep(an_account(), a_customer())
    office = Office(store)
    first, second = issue(office), issue(office)
    payment = pay_two(office, first, second, more=str(more))
    for amount in amounts:
        if amount * 100 <= payment.left:
            payment = refund(office, payment, str(amount))
    for made in payment.refunds:
        assert made.amount == made.of_credit + sum(amount for _, amount in made.of_invoices)
    for invoice in (first, second):
        part = part_of(store, invoice)
        assert part.returned == sum(each.amount for each in part.refunds)
        assert {each.refund_id: each.amount for each in part.refunds} == {
            made.id: amount for made in payment.refunds for of, amount in made.of_invoices if of == invoice.id
        }
