"""Credit that pays an invoice when it is issued, where account or customer say so."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invoicing.domain.invoices.invoice import Invoice, Status
from invoicing.domain.ledger.entry import Credit, Movement
from invoicing.domain.parties.details import ApplyCredit
from invoicing.domain.payments.payment import Payment
from invoicing.domain.sealing import content_hash
from invoicing.operations.documents.order_email import EmailRequest
from invoicing.operations.invoices.create_invoice import create_invoice
from invoicing.operations.invoices.send_invoice import send_invoice
from tests.books import assert_books_balance, credit, current, entries, issue
from tests.builders import NOW, PAGE_URL, a_customer, a_line, a_new_invoice, an_account
from tests.fakes import FakeStore
from tests.office import Office
from tests.operations.settling import a_credit, an_entry


def give_credit(store: FakeStore, amount: int, currency: str = "USD") -> None:
    entry = an_entry(id=f"ent_{currency}", movement="payment", amount=-amount, credit=amount, currency=currency)
    store.keep(a_credit(amount, currency=currency), entry)


def auto(store: FakeStore, **of_account: object) -> None:
    """Credit is applied at issue, to all customers."""
    store.keep(an_account(apply_credit="auto", **of_account))


def draft(office: Office, price: str = "100") -> Invoice:
    new = a_new_invoice(a_line("1", price))
    return office.run_use_case(lambda uow: create_invoice(uow, new, send_email=False, page_url=PAGE_URL))


def send(office: Office, invoice_id: str) -> Invoice:
    return office.run_use_case(lambda uow: send_invoice(uow, invoice_id, EmailRequest(), page_url=PAGE_URL))


@pytest.mark.parametrize(
    ("of_account", "of_customer", "used"),
    [
        ("manual", None, 0),
        ("auto", None, 10000),
        ("manual", "auto", 10000),
        ("auto", "manual", 0),
    ],
)
def test_the_customers_word_counts_more_than_the_accounts(
    office: Office, store: FakeStore, of_account: ApplyCredit, of_customer: ApplyCredit | None, used: int
) -> None:
    store.keep(an_account(apply_credit=of_account), a_customer(apply_credit=of_customer))
    give_credit(store, 12000)
    invoice = send(office, draft(office).id)
    assert (invoice.amount_paid, invoice.status) == (used, Status.PAID if used else Status.SENT)
    assert credit(store) == 12000 - used
    assert len(store.all(Payment)) == bool(used)
    assert_books_balance(store)


def test_it_is_paid_as_apply_credit_pays_in_the_transaction_that_issues(office: Office, store: FakeStore) -> None:
    auto(store)
    give_credit(store, 3000)
    prepared = draft(office)
    commits = store.commits
    invoice = send(office, prepared.id)
    assert store.commits == commits + 1
    assert (invoice.version, invoice.status, invoice.amount_due) == (2, Status.PARTIALLY_PAID, 7000)
    assert invoice == current(store, invoice)
    (payment,) = store.all(Payment)
    assert (payment.method, payment.amount, payment.to_credit, payment.payment_date) == (
        "customer_credit", 3000, 0, NOW.date(),
    )  # fmt: skip
    assert [(part.invoice_number, part.amount) for part in payment.allocations] == [("INV-2026-001", 3000)]
    assert [(part.payment_id, part.amount) for part in invoice.payments] == [(payment.id, 3000)]
    assert entries(store, Movement.CREDIT_APPLIED) == [(0, -3000)]
    assert content_hash(invoice) == invoice.content_hash
    assert store.event_types() == [
        "invoice.created", "invoice.sent", "invoice.partially_paid", "payment.created", "payment.succeeded",
    ]  # fmt: skip


def test_an_invoice_created_and_sent_at_once_is_settled_where_credit_suffices(office: Office, store: FakeStore) -> None:
    auto(store)
    give_credit(store, 10000)
    invoice = issue(office)
    assert (invoice.version, invoice.status, invoice.paid_date) == (1, Status.PAID, NOW.date())
    assert (store.commits, credit(store)) == (1, 0)
    assert store.event_types()[1:3] == ["invoice.sent", "invoice.paid"]


def test_without_credit_in_its_currency_an_invoice_is_just_issued(office: Office, store: FakeStore) -> None:
    auto(store)
    give_credit(store, 10000, "EUR")
    assert issue(office).status is Status.SENT
    assert (store.all(Payment), credit(store)) == ([], 10000)


def test_an_invoice_of_0_uses_none(office: Office, store: FakeStore) -> None:
    auto(store)
    give_credit(store, 10000)
    free = issue(office, "0")
    assert (free.status, free.payments) == (Status.PAID, ())
    assert store.event_types() == ["invoice.created", "invoice.sent", "invoice.paid"]


def test_an_invoice_sent_again_uses_none(office: Office, store: FakeStore) -> None:
    auto(store)
    first = issue(office)
    give_credit(store, 10000)
    assert send(office, first.id).amount_paid == 0
    assert credit(store) == 10000


def test_a_customer_changed_after_the_draft_was_made_is_asked_as_it_is_now(office: Office, store: FakeStore) -> None:
    give_credit(store, 10000)
    prepared = draft(office)
    customer = current(store, a_customer())
    store.keep(a_customer(version=customer.version + 1, has_invoices=True, apply_credit="auto"))
    assert send(office, prepared.id).status is Status.PAID


def test_of_two_issued_at_once_the_second_uses_what_the_first_left(office: Office, store: FakeStore) -> None:
    auto(store)
    give_credit(store, 15000)
    other = Office(store, ids=office.ids)
    store.before_next_commit(lambda: issue(other))
    second = issue(office)
    assert second.amount_paid == 5000
    assert sorted(payment.amount for payment in store.all(Payment)) == [5000, 10000]
    assert credit(store) == 0
    assert_books_balance(store)


def test_while_today_is_locked_an_invoice_of_tomorrow_uses_none(office: Office, store: FakeStore) -> None:
    auto(store, books_locked_until=NOW.date())
    give_credit(store, 10000)
    invoice = issue(office, issue_date=(NOW + timedelta(days=1)).date())
    assert (invoice.status, credit(store)) == (Status.SENT, 10000)


@given(st.integers(0, 50000), st.lists(st.integers(0, 300), min_size=1, max_size=5))
def test_credit_goes_to_the_invoices_in_the_order_of_issue(amount: int, prices: list[int]) -> None:
    store = FakeStore()
    store.keep(an_account(apply_credit="auto"), a_customer())
    give_credit(store, amount)
    office, left = Office(store), amount
    for price in prices:
        invoice = issue(office, str(price))
        assert invoice.amount_paid == min(left, invoice.total)
        left -= invoice.amount_paid
    assert [each.amount for each in store.all(Credit)] == [left]
    assert_books_balance(store)
