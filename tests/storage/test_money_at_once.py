"""Money that comes in and goes back at once, under real threads on Amazon's DynamoDB Local: the books balance."""

from decimal import Decimal
from typing import Any

import pytest

from invoicing.domain.errors import Conflict, InvoicingError, RefundRefused, ValidationFailed
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.ledger.entry import Credit, credit_id
from invoicing.domain.payments.credit_payout import CreditPayout
from invoicing.domain.payments.payment import Payment, PaymentStatus
from invoicing.operations.credit_notes.create_credit_note import NewCreditNote, create_credit_note
from invoicing.operations.payments.apply_credit import apply_credit
from invoicing.operations.payments.pay_out_credit import NewCreditPayout, pay_out_credit
from invoicing.operations.payments.record_invoice_payment import NewPayment, record_invoice_payment
from invoicing.operations.payments.record_payment import NewCustomerPayment, record_payment
from invoicing.operations.payments.refund_payment import NewRefund, refund_payment
from invoicing.operations.payments.reverse_payment import reverse_payment
from invoicing.operations.unit_of_work.change_set import Ref
from invoicing.operations.unit_of_work.unit_of_work import run_use_case
from invoicing.storage.dynamodb.database import Database
from invoicing.storage.ledger import DynamoLedger
from tests.builders import PAGE_URL, a_line, a_new_invoice
from tests.storage.conftest import ON_DYNAMODB_LOCAL
from tests.storage.site import Site, at_once

pytestmark = [ON_DYNAMODB_LOCAL, pytest.mark.usefixtures("patient")]


@pytest.fixture
def ledger(local_tables: Database) -> DynamoLedger:
    return DynamoLedger(local_tables)


def issue(site: Site) -> Invoice:
    """An invoice of 100 dollars, sent."""
    return site.send(site.create(a_new_invoice(a_line("1", "100"))).id)


def now(site: Site, entity: Any) -> Any:
    return site.store.find(Ref(type(entity), site.account, entity.id))


def assert_books_balance(site: Site, ledger: DynamoLedger, *invoices: Invoice) -> None:
    due = sum(now(site, invoice).amount_due for invoice in invoices)
    credit = site.store.find(Ref(Credit, site.account, credit_id("cust_123", "USD")))
    have = credit.amount if credit else 0
    booked = ledger.entries(site.account, "cust_123")
    assert (sum(entry.amount for entry in booked), sum(entry.credit for entry in booked)) == (due - have, have)
    owed = ledger.due_first(site.account, "cust_123", "USD", 31)
    assert sum(item.amount_due for item in owed) == due


def test_of_refunds_at_once_never_more_goes_back_than_was_paid(site: Site, ledger: DynamoLedger) -> None:
    invoice = issue(site)
    new = NewPayment(amount=Decimal(100), method="cash")
    payment = run_use_case(site.uow, lambda uow: record_invoice_payment(uow, invoice.id, new))
    part = NewRefund(amount=Decimal(30))
    outcomes = at_once(8, lambda _: run_use_case(site.uow, lambda uow: refund_payment(uow, payment.id, part, ledger)))
    assert len([outcome for outcome in outcomes if isinstance(outcome, Payment)]) == 3
    refused = [outcome for outcome in outcomes if not isinstance(outcome, Payment)]
    assert all(isinstance(error, RefundRefused) and error.code == "refund_amount_exceeded" for error in refused)
    assert (now(site, payment).refunded_amount, now(site, invoice).amount_due) == (9000, 9000)
    assert_books_balance(site, ledger, invoice)


def test_a_payment_is_reversed_once(site: Site, ledger: DynamoLedger) -> None:
    invoice = issue(site)
    new = NewPayment(amount=Decimal(120), method="check", allow_overpayment=True)
    payment = run_use_case(site.uow, lambda uow: record_invoice_payment(uow, invoice.id, new))
    outcomes = at_once(
        6, lambda _: run_use_case(site.uow, lambda uow: reverse_payment(uow, payment.id, "Bounced", ledger))
    )
    assert len([outcome for outcome in outcomes if isinstance(outcome, Payment)]) == 1
    assert len([outcome for outcome in outcomes if isinstance(outcome, Conflict)]) == 5
    assert now(site, payment).status is PaymentStatus.REVERSED
    assert_books_balance(site, ledger, invoice)


def test_payments_of_a_customer_at_once_pay_nothing_twice(site: Site, ledger: DynamoLedger) -> None:
    """Ten of 40 dollars where 300 are due: seven in full, and no part of one that would be too much."""
    invoices = [issue(site) for _ in range(3)]
    new = NewCustomerPayment(customer_id="cust_123", amount=Decimal(40), method="cash")
    outcomes = at_once(10, lambda _: run_use_case(site.uow, lambda uow: record_payment(uow, new, ledger)))
    made = [outcome for outcome in outcomes if isinstance(outcome, Payment)]
    refused = [outcome for outcome in outcomes if isinstance(outcome, ValidationFailed)]
    assert (len(made), {error.code for error in refused}) == (7, {"AMOUNT_EXCEEDS_DUE"})
    assert len(made) + len(refused) == 10
    assert sum(now(site, invoice).amount_paid for invoice in invoices) == 28000
    assert_books_balance(site, ledger, *invoices)


def test_what_comes_in_and_goes_back_at_once_adds_up(site: Site, ledger: DynamoLedger) -> None:
    invoices = [issue(site) for _ in range(2)]
    deposit = NewCustomerPayment(
        customer_id="cust_123", amount=Decimal(50), method="cash", allow_overpayment=True, allocations=()
    )
    deposits = [run_use_case(site.uow, lambda uow: record_payment(uow, deposit, ledger)) for _ in range(4)]
    more = NewCustomerPayment(customer_id="cust_123", amount=Decimal(70), method="cash", allow_overpayment=True)

    def act(index: int) -> Payment:
        if index % 3 == 0:
            return run_use_case(site.uow, lambda uow: record_payment(uow, more, ledger))
        payment = deposits[index % 4]
        if index % 3 == 1:
            part = NewRefund(amount=Decimal(20))
            return run_use_case(site.uow, lambda uow: refund_payment(uow, payment.id, part, ledger))
        return run_use_case(site.uow, lambda uow: reverse_payment(uow, payment.id, "Typed wrong", ledger))

    outcomes = at_once(12, act)
    assert all(isinstance(outcome, (Payment, InvoicingError)) for outcome in outcomes)
    assert_books_balance(site, ledger, *invoices)


def test_of_payouts_at_once_never_more_is_paid_than_there_is(site: Site, ledger: DynamoLedger) -> None:
    invoice = issue(site)
    paid = NewPayment(amount=Decimal(200), method="cash", allow_overpayment=True)
    run_use_case(site.uow, lambda uow: record_invoice_payment(uow, invoice.id, paid))
    part = NewCreditPayout(amount=Decimal(30), method="cash")
    outcomes = at_once(8, lambda _: run_use_case(site.uow, lambda uow: pay_out_credit(uow, "cust_123", part)))
    assert len([outcome for outcome in outcomes if isinstance(outcome, CreditPayout)]) == 3
    refused = [outcome for outcome in outcomes if isinstance(outcome, ValidationFailed)]
    assert [error.code for error in refused] == ["AMOUNT_EXCEEDS_CREDIT"] * 5
    assert_books_balance(site, ledger, invoice)


def test_credit_of_a_note_is_refunded_or_applied_and_never_both(site: Site, ledger: DynamoLedger) -> None:
    """100 of credit: whatever wins, the rest of the refunds makes the credited invoice due again."""
    credited, *others = (issue(site) for _ in range(4))
    paid = NewPayment(amount=Decimal(100), method="cash")
    payment = run_use_case(site.uow, lambda uow: record_invoice_payment(uow, credited.id, paid))
    note = NewCreditNote(reason="Returned")
    run_use_case(site.uow, lambda uow: create_credit_note(uow, credited.id, note, page_url=PAGE_URL))

    def act(index: int) -> Payment:
        if index % 2:
            invoice = others[index // 2]
            return run_use_case(site.uow, lambda uow: apply_credit(uow, invoice.id, Decimal(30)))
        part = NewRefund(amount=Decimal(30))
        return run_use_case(site.uow, lambda uow: refund_payment(uow, payment.id, part, ledger))

    outcomes = at_once(6, act)
    applied = sum(isinstance(made, Payment) and made.method == "customer_credit" for made in outcomes)
    assert all(isinstance(made, Payment | ValidationFailed) for made in outcomes)
    assert now(site, payment).refunded_amount == 9000, "a refund is never refused for credit of a note"
    assert now(site, credited).amount_due == max(0, 9000 - (10000 - 3000 * applied))
    assert_books_balance(site, ledger, credited, *others)
