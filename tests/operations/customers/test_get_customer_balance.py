"""What a customer owes."""

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from invoicing.domain.errors import InvoicingError, NotFound
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.ledger.carried_balance import CarriedBalance, carried_forward
from invoicing.domain.ledger.entry import LedgerEntry
from invoicing.domain.ledger.statement import Balance
from invoicing.domain.money.payable import NewPrepayment
from invoicing.operations.credit_notes.create_credit_note import NewCreditNote, create_credit_note
from invoicing.operations.customers.get_customer_balance import get_customer_balance
from invoicing.operations.customers.get_customer_statement import Period, get_customer_statement
from invoicing.operations.invoices.void_invoice import void_invoice
from invoicing.operations.invoices.write_off_invoice import write_off_invoice
from tests.books import assert_books_balance, issue
from tests.builders import NOW, PAGE_URL, a_customer, a_new_invoice, an_account, an_invoice
from tests.examples import examples
from tests.fakes import FakeLedger, FakeStore
from tests.office import Office
from tests.operations.settling import keep_booked, lose, pay, use_credit

YESTERDAY = NOW.date() - timedelta(days=1)


def balances(office: Office, store: FakeStore, customer_id: str = "cust_123") -> tuple[Balance, ...]:
    return get_customer_balance(office.uow(), customer_id, FakeLedger(store)).balances


def test_what_is_due_and_overdue_less_the_credit(office: Office, store: FakeStore) -> None:
    keep_booked(store, due_date=YESTERDAY)
    keep_booked(store, id="inv_2", due_date=NOW.date())
    keep_booked(store, id="inv_3", due_date=YESTERDAY)
    pay(office, "36", "inv_1")
    pay(office, "1900", "inv_3", over=True)
    store.reads = 0
    (balance,) = balances(office, store)
    assert (balance.amount_due, balance.overdue, balance.credit, balance.balance, balance.open_invoices) == (
        363600, 180000, 6400, 357200, 2,
    )  # fmt: skip
    assert store.reads == 1
    use_credit(office, invoice_id="inv_2")
    (after,) = balances(office, store)
    assert (after.amount_due, after.credit, after.balance) == (357200, 0, 357200)


def test_drafts_and_what_is_written_off_or_cancelled_are_not_due(office: Office, store: FakeStore) -> None:
    store.keep(an_invoice(id="inv_2"))
    keep_booked(store)
    lose(office)
    (balance,) = balances(office, store)
    assert (balance.amount_due, balance.open_invoices) == (0, 0)


def test_the_day_is_that_of_the_account(office: Office, store: FakeStore) -> None:
    keep_booked(store, due_date=date(2026, 11, 22))
    office.now = datetime(2026, 11, 22, 23, 0, tzinfo=UTC)
    assert balances(office, store)[0].overdue == 0
    store.keep(an_account(time_zone="Europe/Berlin"))
    assert balances(office, store)[0].overdue == 183600


def test_an_invoice_of_next_year_is_due_and_in_the_balance_from_its_date_on(office: Office, store: FakeStore) -> None:
    next_year = date(2027, 1, 1)
    invoice = issue(office, issue_date=next_year, due_date=next_year)
    (before,) = balances(office, store)
    assert (before.amount_due, before.post_dated, before.balance) == (10000, 10000, 0)
    pay(office, "40", invoice.id)
    (prepaid,) = balances(office, store)
    assert (prepaid.amount_due, prepaid.post_dated, prepaid.balance) == (6000, 10000, -4000)
    office.now = datetime(2027, 1, 1, 12, 0, tzinfo=UTC)
    (after,) = balances(office, store)
    assert (after.amount_due, after.post_dated, after.balance) == (6000, 0, 6000)


def test_what_is_paid_before_the_invoice_is_not_due_and_not_in_the_balance(office: Office, store: FakeStore) -> None:
    invoice = issue(office, prepayments=(NewPrepayment(amount=Decimal(30)),))
    (balance,) = balances(office, store)
    assert (balance.amount_due, balance.balance, balance.open_invoices) == (7000, 7000, 1)
    pay(office, "20", invoice.id)
    (balance,) = balances(office, store)
    assert (balance.amount_due, balance.balance) == (5000, 5000)
    voided = issue(office, prepayments=(NewPrepayment(amount=Decimal(30)),))
    office.run_use_case(partial(void_invoice, invoice_id=voided.id, reason=None, credit_note=False))
    (balance,) = balances(office, store)
    assert (balance.amount_due, balance.balance, balance.open_invoices) == (5000, 5000, 1)
    assert_books_balance(store)


@pytest.mark.parametrize("carried", [0, 1, 3])
def test_it_is_the_same_however_much_is_carried_forward(office: Office, store: FakeStore, carried: int) -> None:
    invoices = [issue(office, issue_date=NOW.date() + timedelta(days=days)) for days in (0, 5, 0)]
    before = balances(office, store)
    first = store.all(LedgerEntry)[:carried]
    store.keep(carried_forward(CarriedBalance(account=office.account, id="cust_123"), first))
    assert balances(office, store) == before
    pay(office, "40", invoices[0].id)
    (after,) = balances(office, store)
    assert (after.amount_due, after.post_dated, after.open_invoices) == (26000, 10000, 3)


def test_where_a_period_hides_what_is_overdue_today_all_entries_are_read(office: Office, store: FakeStore) -> None:
    """More open due dates than a carried balance keeps one by one."""
    for days in range(-4, 5):
        issue(office, due_in=days)
    entries = store.all(LedgerEntry)
    store.keep(carried_forward(CarriedBalance(account=office.account, id="cust_123"), entries, most=4))
    (balance,) = balances(office, store)
    assert (balance.amount_due, balance.overdue, balance.open_invoices) == (90000, 40000, 9)


STEPS = st.tuples(st.sampled_from(["issue", "pay", "credit", "lose", "void"]), st.integers(-2, 2), st.integers(1, 150))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=examples(60), deadline=None)
@given(st.lists(STEPS, min_size=1, max_size=8))
def test_it_is_what_todays_statement_closes_with(steps: list[tuple[str, int, int]]) -> None:
    """Whatever is dated before today, today and after it."""
    store = FakeStore()
    store.keep(an_account(), a_customer())
    office = Office(store)
    for number, (step, days, amount) in enumerate(steps):
        invoices = store.all(Invoice)
        day = NOW.date() + timedelta(days=days)
        if step == "issue" or not invoices:
            issue(office, issue_date=day)
            continue
        invoice = invoices[number % len(invoices)]
        with suppress(InvoicingError):
            if step == "pay":
                pay(office, str(amount), invoice.id, over=True)
            elif step == "credit":
                note = NewCreditNote(reason="Returned", issue_date=day)
                office.run_use_case(partial(create_credit_note, invoice_id=invoice.id, new=note, page_url=PAGE_URL))
            elif step == "lose":
                office.run_use_case(partial(write_off_invoice, invoice_id=invoice.id, reason=None, on=day))
            else:
                office.run_use_case(partial(void_invoice, invoice_id=invoice.id, reason=None))
    (balance,) = balances(office, store)
    (statement,) = get_customer_statement(office.uow(), "cust_123", Period(), FakeLedger(store)).statements
    assert balance.balance == statement.closing_balance


def test_each_currency_is_by_itself_and_the_customers_own_is_always_there(office: Office, store: FakeStore) -> None:
    keep_booked(store, new=a_new_invoice(currency="JPY"))
    assert [balance.currency for balance in balances(office, store)] == ["JPY", "USD"]
    store.keep(a_customer(currency="EUR", archived_at=NOW))
    assert [balance.currency for balance in balances(office, store)] == ["EUR", "JPY"]


def test_invoices_of_other_customers_and_accounts_are_not_its(office: Office, store: FakeStore) -> None:
    store.keep(a_customer(id="cust_2"))
    keep_booked(store)
    assert balances(office, store, "cust_2")[0].amount_due == 0


def test_an_unknown_customer_has_no_balance(office: Office, store: FakeStore) -> None:
    store.keep(a_customer(account="acc_2", id="cust_2"))
    for unknown in ("cust_404", "cust_2"):
        with pytest.raises(NotFound) as refused:
            balances(office, store, unknown)
        assert refused.value.code == "CUSTOMER_NOT_FOUND"
