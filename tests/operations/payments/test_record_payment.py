"""Recording what a customer paid: of the invoices it names, of those due first, or of none yet."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from invoicing.domain.errors import InvoicingError, ValidationFailed
from invoicing.domain.invoices.invoice import Invoice, Status
from invoicing.domain.invoices.lifecycle import void
from invoicing.domain.ledger.entry import Movement, OpenItem
from invoicing.domain.parties.customer import Customer
from invoicing.domain.payments.allocation import MOST_INVOICES
from invoicing.domain.payments.payment import Payment
from invoicing.operations.payments.record_payment import NewAllocation, NewCustomerPayment, record_payment
from invoicing.operations.unit_of_work.change_set import Ref
from invoicing.operations.unit_of_work.ports import Ledger
from tests.books import assert_books_balance, credit, current, entries, issue, pay
from tests.builders import ACCOUNT, NOW, a_customer, an_account, an_invoice
from tests.fakes import FakeLedger, FakeStore
from tests.office import Office


def record(office: Office, amount: str, ledger: Ledger | None = None, **overrides: Any) -> Payment:
    values: dict[str, Any] = {"customer_id": "cust_123", "method": "bank_transfer"} | overrides
    new = NewCustomerPayment(amount=Decimal(amount), **values)
    assert isinstance(office.store, FakeStore)
    found = ledger or FakeLedger(office.store)
    return office.run_use_case(lambda uow: record_payment(uow, new, found))


def parts(*shares: tuple[Invoice | str, str]) -> tuple[NewAllocation, ...]:
    return tuple(
        NewAllocation(invoice_id=invoice if isinstance(invoice, str) else invoice.id, amount=Decimal(amount))
        for invoice, amount in shares
    )


def wrong(refused: pytest.ExceptionInfo[Any]) -> list[tuple[str, str]]:
    return [(detail.field, detail.code) for detail in refused.value.details]


def test_the_invoices_named_are_paid_as_said(office: Office, store: FakeStore) -> None:
    first, second = issue(office), issue(office, "50")
    events = len(store.events)
    payment = record(office, "120", allocations=parts((second, "50"), (first, "70")), reference="TX-1")
    assert [(part.invoice_id, part.amount) for part in payment.allocations] == [(second.id, 5000), (first.id, 7000)]
    assert [part.invoice_number for part in payment.allocations] == [second.number, first.number]
    assert (payment.invoice_id, payment.to_credit, payment.currency) == (None, 0, "USD")
    assert (payment.buyer.name, payment.seller.name) == ("Initech Ltd.", "Acme Studio GmbH")
    assert [current(store, invoice).status for invoice in (first, second)] == [Status.PARTIALLY_PAID, Status.PAID]
    assert [each.payment_id for each in current(store, first).payments] == [payment.id]
    assert store.event_types()[events:] == [
        "invoice.paid", "invoice.partially_paid", "payment.created", "payment.succeeded",
    ]  # fmt: skip
    assert entries(store, Movement.PAYMENT) == [(-12000, 0)]
    assert_books_balance(store)


def test_of_one_invoice_it_is_that_invoices_payment(office: Office) -> None:
    first, _ = issue(office), issue(office)
    assert record(office, "10", allocations=parts((first, "10"))).invoice_id == first.id
    assert record(office, "10").invoice_id == first.id


def test_without_allocations_what_was_due_first_is_paid_first(office: Office, store: FakeStore) -> None:
    late, early, middle = (issue(office, due_in=days) for days in (30, 10, 20))
    issue(office, currency="EUR", due_in=1)
    payment = record(office, "150")
    assert [(part.invoice_id, part.amount) for part in payment.allocations] == [(early.id, 10000), (middle.id, 5000)]
    assert current(store, late).status is Status.SENT
    payment = record(office, "150")
    assert [(part.invoice_id, part.amount) for part in payment.allocations] == [(middle.id, 5000), (late.id, 10000)]
    assert_books_balance(store)


def test_no_more_is_read_than_the_payment_reaches(office: Office, store: FakeStore) -> None:
    for _ in range(MOST_INVOICES + 5):
        issue(office)
    reads = store.reads
    assert len(record(office, "150").allocations) == 2
    assert store.reads == reads + 2


def test_what_is_left_over_becomes_credit_only_when_that_is_allowed(office: Office, store: FakeStore) -> None:
    invoice = issue(office)
    for given in (None, parts((invoice, "100"))):
        with pytest.raises(ValidationFailed, match=r"amount exceeds the 100\.00 USD due") as refused:
            record(office, "120", allocations=given)
        assert (refused.value.code, wrong(refused)) == ("AMOUNT_EXCEEDS_DUE", [("amount", "AMOUNT_EXCEEDS_DUE")])
    payment = record(office, "120", allow_overpayment=True)
    assert (payment.to_credit, credit(store)) == (2000, 2000)
    assert entries(store, Movement.PAYMENT) == [(-12000, 2000)]
    assert_books_balance(store)


def test_with_no_allocations_all_of_it_is_credit_whatever_is_due(office: Office, store: FakeStore) -> None:
    invoice = issue(office)
    payment = record(office, "40", allocations=(), allow_overpayment=True)
    assert (payment.allocations, payment.to_credit, payment.invoice_id) == ((), 4000, None)
    assert current(store, invoice).amount_due == 10000
    assert_books_balance(store)


def test_a_deposit_marks_its_customer_so_that_nobody_removes_it(office: Office, store: FakeStore) -> None:
    record(office, "40", allow_overpayment=True)
    customer = store.find(Ref(Customer, ACCOUNT, "cust_123"))
    assert customer
    assert (customer.has_invoices, customer.version) == (True, 2)
    record(office, "40", allow_overpayment=True)
    assert store.find(Ref(Customer, ACCOUNT, "cust_123")) == customer
    assert_books_balance(store)


def test_an_archived_customer_still_pays(office: Office, store: FakeStore) -> None:
    invoice = issue(office)
    customer = store.find(Ref(Customer, ACCOUNT, "cust_123"))
    assert customer
    store.keep(replace(customer, archived_at=NOW))
    assert record(office, "100").invoice_id == invoice.id


def test_the_currency_is_the_customers_else_the_accounts(office: Office, store: FakeStore) -> None:
    assert record(office, "1", allow_overpayment=True).currency == "USD"
    store.keep(
        a_customer(currency="JPY", locale="ja", version=2, has_invoices=True), an_account(time_zone="Asia/Tokyo")
    )
    payment = record(office, "150", allow_overpayment=True)
    assert (payment.currency, payment.amount, payment.locale, payment.time_zone) == ("JPY", 150, "ja", "Asia/Tokyo")
    assert record(office, "1.5", currency="EUR", allow_overpayment=True).amount == 150
    with pytest.raises(ValidationFailed) as refused:
        record(office, "1.5", allow_overpayment=True)
    assert wrong(refused) == [("amount", "AMOUNT_INVALID")]


def test_every_wrong_allocation_is_named(office: Office, store: FakeStore) -> None:
    store.keep(a_customer(id="cust_2"))
    good, other, euros, cancelled = (
        issue(office), issue(office, customer_id="cust_2"), issue(office, currency="EUR"), issue(office),
    )  # fmt: skip
    store.keep(void(cancelled, None, NOW), an_invoice(id="inv_draft"))
    shares = ((good, "100.01"), ("inv_404", "1"), (other, "1"), (euros, "1"), (cancelled, "1"), ("inv_draft", "1"))
    commits = store.commits
    with pytest.raises(ValidationFailed) as refused:
        record(office, "1000", allocations=parts(*shares))
    assert wrong(refused) == [
        ("allocations[0].amount", "AMOUNT_EXCEEDS_DUE"),
        ("allocations[1].invoice_id", "INVOICE_NOT_FOUND"),
        ("allocations[2].invoice_id", "INVOICE_OF_OTHER_CUSTOMER"),
        ("allocations[3].invoice_id", "CURRENCY_MISMATCH"),
        ("allocations[4].invoice_id", "INVALID_INVOICE_STATE"),
        ("allocations[5].invoice_id", "INVALID_INVOICE_STATE"),
    ]
    assert store.commits == commits


@pytest.mark.parametrize(
    ("amount", "shares", "expected"),
    [
        ("99", ["100"], ("allocations", "ALLOCATIONS_EXCEED_AMOUNT")),
        ("100", ["60", "40"], ("allocations[1].invoice_id", "INVOICE_REPEATED")),
        ("100", ["0.001"], ("allocations[0].amount", "AMOUNT_INVALID")),
    ],
)
def test_allocations_that_do_not_add_up_are_refused(
    office: Office, amount: str, shares: list[str], expected: tuple[str, str]
) -> None:
    invoice = issue(office)
    with pytest.raises(ValidationFailed) as refused:
        record(office, amount, allocations=parts(*((invoice, share) for share in shares)))
    assert wrong(refused) == [expected]


@pytest.mark.parametrize("count", [MOST_INVOICES, MOST_INVOICES + 1, 3 * MOST_INVOICES])
def test_one_payment_pays_only_so_many_invoices(office: Office, store: FakeStore, count: int) -> None:
    for _ in range(count):
        issue(office, "1")
    if count == MOST_INVOICES:
        assert len(record(office, "30").allocations) == MOST_INVOICES
        assert_books_balance(store)
        return
    for amount, allow in ((str(MOST_INVOICES + 1), False), ("1000", True)):
        with pytest.raises(ValidationFailed) as refused:
            record(office, amount, allow_overpayment=allow)
        assert (refused.value.code, wrong(refused)) == ("TOO_MANY_INVOICES", [("amount", "TOO_MANY_INVOICES")])
    assert len(record(office, "30").allocations) == MOST_INVOICES


class Behind(FakeLedger):
    """An index that says what was due before: nothing of it is paid, and what was voided is still there."""

    def __init__(self, store: FakeStore, invoices: list[Invoice]) -> None:
        super().__init__(store)
        self._invoices = invoices

    def due_first(self, account: str, customer_id: str, currency: str, at_a_time: int) -> Iterator[OpenItem]:
        for each in self._invoices:
            yield OpenItem(invoice_id=each.id, currency=each.currency, due_date=each.due_date, amount_due=each.total)


def test_what_an_index_still_says_but_is_no_longer_due_is_not_paid(office: Office, store: FakeStore) -> None:
    invoices = [issue(office) for _ in range(4)]
    pay(office, invoices[0], "100")
    pay(office, invoices[1], "70")
    payment = record(office, "150", Behind(store, invoices))
    assert [(part.invoice_id, part.amount) for part in payment.allocations] == [
        (invoices[1].id, 3000), (invoices[2].id, 10000), (invoices[3].id, 2000),
    ]  # fmt: skip
    assert_books_balance(store)


def test_far_behind_it_looks_on_until_the_money_is_used_up(office: Office, store: FakeStore) -> None:
    invoices = [issue(office, "1") for _ in range(MOST_INVOICES + 9)]
    for invoice in invoices[: MOST_INVOICES + 5]:
        pay(office, invoice, "1")
    reads = store.reads
    payment = record(office, "2", Behind(store, invoices))
    assert [part.invoice_id for part in payment.allocations] == [each.id for each in invoices[-4:-2]]
    assert store.reads - reads > 2
    assert_books_balance(store)


def test_an_invoice_that_the_index_has_not_yet_is_not_paid_and_still_due(office: Office, store: FakeStore) -> None:
    new, other = issue(office, due_in=1), issue(office, due_in=9)
    behind = Behind(store, [other])
    with pytest.raises(ValidationFailed) as refused:
        record(office, "150", behind)
    assert refused.value.code == "AMOUNT_EXCEEDS_DUE"
    assert record(office, "60", behind).invoice_id == other.id
    payment = record(office, "60", behind, allow_overpayment=True)
    assert ([(part.invoice_id, part.amount) for part in payment.allocations], payment.to_credit) == (
        [(other.id, 4000)], 2000,
    )  # fmt: skip
    assert current(store, new).amount_due == 10000
    assert record(office, "100").invoice_id == new.id
    assert_books_balance(store)


def test_an_invoice_paid_meanwhile_is_not_paid_twice(office: Office, store: FakeStore) -> None:
    first, second = issue(office), issue(office)
    other = Office(store, ids=office.ids)
    store.before_next_commit(lambda: pay(other, first, "80"))
    payment = record(office, "100")
    assert [(part.invoice_id, part.amount) for part in payment.allocations] == [(first.id, 2000), (second.id, 8000)]
    assert_books_balance(store)


def test_an_unknown_customer_is_refused(office: Office) -> None:
    with pytest.raises(InvoicingError) as refused:
        record(office, "1", customer_id="cust_404")
    assert (refused.value.code, wrong(refused)) == ("INVALID_CUSTOMER", [("customer_id", "CUSTOMER_NOT_FOUND")])
