"""A payment recorded with its receipt: both in one transaction, and the payment whatever becomes of the e-mail."""

from decimal import Decimal
from typing import Any

import pytest

from invoicing.domain.deliveries.delivery import Delivery, DeliveryStatus
from invoicing.domain.errors import ValidationFailed
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.payments.payment import Payment
from invoicing.operations.payments.record_invoice_payment import NewPayment, record_invoice_payment
from invoicing.operations.payments.record_payment import NewCustomerPayment, record_payment
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork
from tests.books import assert_books_balance, issue, ledger_of
from tests.builders import NOW, a_customer
from tests.fakes import FakeStore
from tests.office import Office
from tests.sending import suppress


@pytest.fixture(autouse=True)
def _sent(office: Office) -> None:
    """100 dollars are due."""
    issue(office)


def of_invoice(office: Office, amount: str = "40", *, send_receipt: bool = True) -> UnitOfWork:
    assert isinstance(office.store, FakeStore)
    (invoice,) = office.store.all(Invoice)
    new = NewPayment(amount=Decimal(amount), method="cash", send_receipt=send_receipt)
    return _recorded(office, lambda uow: record_invoice_payment(uow, invoice.id, new))


def of_customer(office: Office, amount: str = "40", *, send_receipt: bool = True) -> UnitOfWork:
    new = NewCustomerPayment(customer_id="cust_123", amount=Decimal(amount), method="cash", send_receipt=send_receipt)
    return _recorded(office, lambda uow: record_payment(uow, new, ledger_of(office)))


def _recorded(office: Office, record: Any) -> UnitOfWork:
    """The unit of work that recorded it, which has the warnings."""

    def use_case(uow: UnitOfWork) -> UnitOfWork:
        record(uow)
        return uow

    return office.run_use_case(use_case)


def receipts(store: FakeStore) -> list[Delivery]:
    return [each for each in store.all(Delivery) if each.document_kind == "receipt"]


RECORD = pytest.mark.parametrize("record", [of_invoice, of_customer])


@RECORD
def test_the_receipt_is_ordered_in_the_payments_transaction(office: Office, store: FakeStore, record: Any) -> None:
    recorded = record(office)
    (payment,), (delivery,) = store.all(Payment), receipts(store)
    assert (delivery.status, delivery.recipient, delivery.document_id) == (
        DeliveryStatus.QUEUED, "ap@initech.example", payment.id,
    )  # fmt: skip
    assert store.event_types()[-4:] == [
        "invoice.partially_paid", "payment.created", "payment.succeeded", "payment.receipt_sent",
    ]  # fmt: skip
    assert [(each.code) for each in recorded.warnings] == []
    assert_books_balance(store)


@RECORD
def test_nothing_is_sent_that_nobody_asked_for(office: Office, store: FakeStore, record: Any) -> None:
    record(office, send_receipt=False)
    assert receipts(store) == []
    assert "payment.receipt_sent" not in store.event_types()


@RECORD
def test_a_refused_payment_orders_nothing(office: Office, store: FakeStore, record: Any) -> None:
    with pytest.raises(ValidationFailed):
        record(office, "100.01")
    assert (receipts(store), store.all(Payment)) == ([], [])


@RECORD
@pytest.mark.parametrize(
    ("address", "expected"),
    [(None, ("RECIPIENT_MISSING", "no_email")), ("dead@x.example", ("RECIPIENT_SUPPRESSED", "suppressed"))],
)
def test_a_payment_is_recorded_though_nobody_can_get_its_receipt(
    office: Office, store: FakeStore, record: Any, address: str | None, expected: tuple[str, str]
) -> None:
    suppress(store, "dead@x.example")
    store.keep(a_customer(version=3, has_invoices=True, email=address))
    recorded = record(office)
    (warning,), (payment,), (failed,) = recorded.warnings, store.all(Payment), receipts(store)
    assert (warning.field, warning.code, failed.failure) == ("send_receipt", *expected)
    assert (payment.amount, failed.status) == (4000, DeliveryStatus.FAILED)
    assert store.event_types()[-2:] == ["payment.succeeded", "payment.email_failed"]
    assert_books_balance(store)


def test_copies_of_the_customer_get_it_too_and_a_suppressed_one_is_named(office: Office, store: FakeStore) -> None:
    store.keep(a_customer(version=3, has_invoices=True, cc_emails=("boss@initech.example", "dead@x.example")))
    suppress(store, "dead@x.example")
    recorded = of_customer(office)
    assert [(each.recipient, each.status) for each in receipts(store)] == [
        ("ap@initech.example", DeliveryStatus.QUEUED),
        ("boss@initech.example", DeliveryStatus.QUEUED),
        ("dead@x.example", DeliveryStatus.FAILED),
    ]
    (warning,) = (each for each in recorded.warnings if each.field == "send_receipt")
    assert "dead@x.example" in warning.message


def test_the_first_payment_of_a_customer_without_invoices_has_a_receipt_too(office: Office, store: FakeStore) -> None:
    store.keep(a_customer(version=3))
    new = NewCustomerPayment(
        customer_id="cust_123",
        amount=Decimal(25),
        method="cash",
        allocations=(),
        allow_overpayment=True,
        send_receipt=True,
    )
    office.run_use_case(lambda uow: record_payment(uow, new, ledger_of(office)))
    assert [each.recipient for each in receipts(store)] == ["ap@initech.example"]


def test_an_archived_customer_gets_the_receipt_of_what_it_still_pays(office: Office, store: FakeStore) -> None:
    store.keep(a_customer(version=3, has_invoices=True, archived_at=NOW))
    new = NewCustomerPayment(customer_id="cust_123", amount=Decimal(40), method="cash", send_receipt=True)
    office.run_use_case(lambda uow: record_payment(uow, new, ledger_of(office)))
    assert [each.recipient for each in receipts(store)] == ["ap@initech.example"]
