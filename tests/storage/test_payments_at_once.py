"""Payments under real threads, on Amazon's own DynamoDB Local: no cent is booked twice, none above what is due."""

from collections import Counter
from decimal import Decimal

import pytest

from invoicing.domain.errors import Unavailable, ValidationFailed
from invoicing.domain.invoices.invoice import Invoice, Status
from invoicing.domain.ledger.entry import Credit, LedgerEntry, credit_id
from invoicing.domain.payments.payment import Payment
from invoicing.operations.payments.record_invoice_payment import NewPayment, record_invoice_payment
from invoicing.operations.unit_of_work.change_set import IdempotencyRecord, IdempotentReplay, Ref
from invoicing.operations.unit_of_work.unit_of_work import run_use_case
from invoicing.storage.dynamodb.database import Database
from invoicing.storage.ledger import DynamoLedger
from tests.builders import NOW, an_issued_invoice
from tests.storage.conftest import ON_DYNAMODB_LOCAL
from tests.storage.reading import events_of
from tests.storage.site import Site, at_once

pytestmark = ON_DYNAMODB_LOCAL


@pytest.fixture
def invoice(site: Site) -> Invoice:
    """1836.00 USD are due."""
    issued = an_issued_invoice(account=site.account)
    site.keep(issued)
    return issued


def pay(
    site: Site, invoice: Invoice, amount: str, record: IdempotencyRecord | None = None, *, over: bool = False
) -> Payment:
    """Retries after a 503, as the response says; only the record keeps that from booking twice."""
    new = NewPayment(amount=Decimal(amount), method="cash", allow_overpayment=over)
    while True:
        try:
            return run_use_case(site.uow, lambda uow: record_invoice_payment(uow, invoice.id, new), lambda _: record)
        except Unavailable:
            continue


def an_idempotency_record(site: Site, key: str) -> IdempotencyRecord:
    return IdempotencyRecord(account=site.account, key=key, request_hash="h", answer={}, created_at=NOW)


def entries(site: Site, database: Database) -> list[LedgerEntry]:
    return DynamoLedger(database).entries(site.account, "cust_123")


def test_50_payments_at_once_never_take_an_invoice_above_its_total(
    site: Site, invoice: Invoice, local_tables: Database
) -> None:
    outcomes = at_once(50, lambda index: pay(site, invoice, "100", an_idempotency_record(site, f"pay-{index}")))
    refused = [outcome for outcome in outcomes if isinstance(outcome, ValidationFailed)]
    assert (len(outcomes) - len(refused), {error.code for error in refused}) == (18, {"AMOUNT_EXCEEDS_DUE"})
    after = site.store.find(Ref(Invoice, site.account, invoice.id))
    assert after is not None
    assert (after.amount_paid, after.amount_due, after.status) == (180000, 3600, Status.PARTIALLY_PAID)
    assert {payment.id for payment in outcomes if isinstance(payment, Payment)} <= {
        payment.payment_id for payment in after.payments
    }
    assert sorted(entry.amount for entry in entries(site, local_tables)) == [-10000] * 18
    types = Counter(event.type for event in events_of(local_tables, site.account))
    assert types == {"invoice.partially_paid": 18, "payment.created": 18, "payment.succeeded": 18}


def test_what_20_at_once_pay_too_much_is_all_credit(site: Site, invoice: Invoice, local_tables: Database) -> None:
    at_once(20, lambda index: pay(site, invoice, "100", an_idempotency_record(site, f"pay-{index}"), over=True))
    after = site.store.find(Ref(Invoice, site.account, invoice.id))
    credit = site.store.find(Ref(Credit, site.account, credit_id("cust_123", "USD")))
    assert after is not None
    assert credit is not None
    assert (after.amount_due, after.status, credit.amount) == (0, Status.PAID, 200000 - 183600)
    booked = entries(site, local_tables)
    assert sum(entry.amount for entry in booked) == -200000
    assert sum(entry.credit for entry in booked) == credit.amount


def test_the_same_idempotency_key_never_books_twice(site: Site, invoice: Invoice, local_tables: Database) -> None:
    outcomes = at_once(10, lambda _: pay(site, invoice, "100", an_idempotency_record(site, "pay-1")))
    assert Counter(type(outcome) for outcome in outcomes) == {Payment: 1, IdempotentReplay: 9}
    after = site.store.find(Ref(Invoice, site.account, invoice.id))
    assert after is not None
    assert after.amount_paid == 10000
    assert len(entries(site, local_tables)) == 1
