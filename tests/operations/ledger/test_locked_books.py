"""Dates of the books: what is dated where, and that nothing gets into a locked period, however late the lock comes."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from invoicing.domain.errors import Conflict, InvoicingError, ValidationFailed
from invoicing.domain.invoices.invoice import Invoice, Status
from invoicing.domain.invoices.particulars import Particulars
from invoicing.domain.ledger.entry import LedgerEntry, Movement
from invoicing.domain.payments.payment import Payment
from invoicing.operations.account.update_account import update_account
from invoicing.operations.credit_notes.create_credit_note import NewCreditNote, create_credit_note
from invoicing.operations.invoices.create_invoice import create_invoice
from invoicing.operations.invoices.send_invoice import send_invoice
from invoicing.operations.invoices.undo_write_off import undo_write_off
from invoicing.operations.invoices.void_invoice import void_invoice
from invoicing.operations.invoices.write_off_invoice import write_off_invoice
from invoicing.operations.payments.apply_credit import apply_credit
from invoicing.operations.payments.record_invoice_payment import NewPayment, record_invoice_payment
from invoicing.operations.payments.record_payment import NewCustomerPayment, record_payment
from invoicing.operations.payments.refund_payment import NewRefund, refund_payment
from invoicing.operations.payments.reverse_payment import reverse_payment
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork
from tests.books import assert_books_balance, current, issue, pay
from tests.builders import NOW, PAGE_URL, a_line, a_new_invoice, an_account
from tests.fakes import FakeLedger, FakeStore
from tests.office import Office

TODAY = NOW.date()
DAY = timedelta(days=1)
ISSUED, PAID = TODAY - 20 * DAY, TODAY - 10 * DAY
ONE = Decimal(1)

Move = Callable[[UnitOfWork, FakeStore, date | None], object]


def the[A](store: FakeStore, kind: type[A], number: int = 0) -> str:
    return str(store.all(kind)[number].id)  # type: ignore[attr-defined]


DATED: dict[str, tuple[str, date, Move]] = {
    "a payment of an invoice": (
        "payment_date",
        date(1900, 1, 1),
        lambda uow, store, on: record_invoice_payment(
            uow, the(store, Invoice), NewPayment(amount=ONE, method="cash", payment_date=on)
        ),
    ),
    "a payment of a customer": (
        "payment_date",
        date(1900, 1, 1),
        lambda uow, store, on: record_payment(
            uow,
            NewCustomerPayment(customer_id="cust_123", amount=ONE, method="cash", payment_date=on),
            FakeLedger(store),
        ),
    ),
    "a refund": (
        "refund_date",
        PAID,
        lambda uow, store, on: refund_payment(
            uow, the(store, Payment), NewRefund(amount=ONE, refund_date=on), FakeLedger(store)
        ),
    ),
    "a reversal": (
        "reversal_date",
        PAID,
        lambda uow, store, on: reverse_payment(uow, the(store, Payment), "Bounced", FakeLedger(store), on=on),
    ),
    "a write-off": (
        "write_off_date",
        ISSUED,
        lambda uow, store, on: write_off_invoice(uow, the(store, Invoice), None, on=on),
    ),
    "a credit note": (
        "issue_date",
        ISSUED,
        lambda uow, store, on: create_credit_note(
            uow, the(store, Invoice), NewCreditNote(reason="Returned", issue_date=on), page_url=PAGE_URL
        ),
    ),
}
"""What clients can date: the field, the earliest date that is possible, and the use case."""

TODAYS: dict[str, Move] = {
    **{name: move for name, (_, _, move) in DATED.items()},
    "credit applied": lambda uow, store, _: apply_credit(uow, the(store, Invoice)),
    "a write-off undone": lambda uow, store, _: undo_write_off(uow, the(store, Invoice, 1)),
    "an invoice": lambda uow, _, __: create_invoice(uow, a_new_invoice(), send_email=True, page_url=PAGE_URL),
    "a draft sent": lambda uow, store, _: send_invoice(uow, the(store, Invoice, 2), None, page_url=PAGE_URL),
}
"""What is dated today where a client gives no date."""


@pytest.fixture(autouse=True)
def _business(office: Office, store: FakeStore) -> None:
    """An invoice of 100 of which 60 are paid, one that is written off, a draft, and credit of 50."""
    invoice = issue(office, issue_date=ISSUED)
    pay(office, invoice, "60", payment_date=PAID)
    lost = issue(office, issue_date=ISSUED)
    office.run_use_case(lambda uow: write_off_invoice(uow, lost.id, None, on=PAID))
    new = a_new_invoice(a_line("1", "100"))
    office.run_use_case(lambda uow: create_invoice(uow, new, send_email=False, page_url=PAGE_URL))
    credit = NewCustomerPayment(
        customer_id="cust_123", amount=Decimal(50), method="cash", allow_overpayment=True, allocations=()
    )
    office.run_use_case(lambda uow: record_payment(uow, credit, FakeLedger(store)))


def lock(store: FakeStore, until: date | None) -> None:
    office = Office(store)
    office.run_use_case(lambda uow: update_account(uow, {"books_locked_until": until}))


def booked(store: FakeStore, known: list[LedgerEntry]) -> list[LedgerEntry]:
    """The entries that came since."""
    return [entry for entry in store.all(LedgerEntry) if entry not in known]


def tried(office: Office, store: FakeStore, move: Move, on: date | None) -> list[LedgerEntry] | InvoicingError:
    """The entries that a use case makes, or the error, after which there are none."""
    before = store.all(LedgerEntry)
    try:
        office.run_use_case(lambda uow: move(uow, store, on))
    except InvoicingError as error:
        assert store.all(LedgerEntry) == before
        return error
    assert_books_balance(store)
    return booked(store, before)


@pytest.mark.parametrize("name", DATED)
def test_it_has_the_date_that_was_given_from_what_it_undoes_to_today(
    office: Office, store: FakeStore, name: str
) -> None:
    field, earliest, move = DATED[name]
    for wrong in (earliest - DAY, TODAY + DAY, date.max):
        if wrong.year < 1900:
            continue  # a payment undoes nothing
        error = tried(office, store, move, wrong)
        assert isinstance(error, ValidationFailed)
        assert (error.details[0].field, error.details[0].code) == (field, "DATE_INVALID")
    entries = tried(office, store, move, earliest)
    assert isinstance(entries, list)
    assert {entry.date for entry in entries} == {earliest}


@pytest.mark.parametrize("name", DATED)
def test_today_is_that_of_the_accounts_time_zone(office: Office, store: FakeStore, name: str) -> None:
    move = DATED[name][2]
    store.keep(an_account(time_zone="Pacific/Pago_Pago"))
    office.now = NOW - timedelta(hours=2)
    assert isinstance(tried(office, store, move, TODAY), ValidationFailed)
    store.keep(an_account(time_zone="Pacific/Auckland"))
    office.now = NOW
    entries = tried(office, store, move, TODAY + DAY)
    assert isinstance(entries, list)
    assert {entry.date for entry in entries} == {TODAY + DAY}


@pytest.mark.parametrize("name", DATED)
def test_the_last_locked_day_is_locked_and_the_next_is_not(office: Office, store: FakeStore, name: str) -> None:
    move = DATED[name][2]
    lock(store, PAID)
    error = tried(office, store, move, PAID)
    assert isinstance(error, Conflict)
    assert (error.code, "books_locked_until" in error.message) == ("PERIOD_LOCKED", True)
    assert isinstance(tried(office, store, move, PAID + DAY), list)


@pytest.mark.parametrize("name", DATED)
def test_a_lock_is_moved_both_ways(office: Office, store: FakeStore, name: str) -> None:
    move = DATED[name][2]
    for until, refused in ((TODAY, True), (PAID, True), (PAID - DAY, False)):
        lock(store, until)
        assert isinstance(tried(office, store, move, PAID), Conflict) is refused


@pytest.mark.parametrize("name", TODAYS)
def test_nothing_is_dated_today_when_today_is_locked(office: Office, store: FakeStore, name: str) -> None:
    lock(store, TODAY)
    error = tried(office, store, TODAYS[name], None)
    assert isinstance(error, Conflict)
    assert error.code == "PERIOD_LOCKED"
    lock(store, TODAY - DAY)
    entries = tried(office, store, TODAYS[name], None)
    assert isinstance(entries, list)
    assert {entry.date for entry in entries} == {TODAY}


@pytest.mark.parametrize("name", DATED)
def test_a_lock_that_comes_in_between_holds(office: Office, store: FakeStore, name: str) -> None:
    store.before_next_commit(lambda: lock(store, PAID))
    error = tried(office, store, DATED[name][2], PAID)
    assert isinstance(error, Conflict)
    assert error.code == "PERIOD_LOCKED"


@pytest.mark.parametrize("name", [name for name in TODAYS if name not in {"an invoice", "a draft sent"}])
def test_what_is_dated_today_does_not_wait_for_the_account(office: Office, store: FakeStore, name: str) -> None:
    """Or all payments of an account would meet each other on it."""
    uow = office.uow()
    TODAYS[name](uow, store, None)
    assert [need.ref.kind for need in uow.changes.requires] == []


@pytest.mark.parametrize("name", DATED)
def test_a_day_that_ends_meanwhile_can_be_locked_at_once(office: Office, store: FakeStore, name: str) -> None:
    office.now = NOW.replace(hour=23, minute=59, second=59)
    store.before_next_commit(lambda: lock(store, TODAY))
    assert isinstance(tried(office, store, DATED[name][2], None), Conflict)


def test_an_invoice_of_a_locked_period_is_only_voided_with_a_credit_note(office: Office, store: FakeStore) -> None:
    invoice = issue(office, issue_date=ISSUED)

    def void(uow: UnitOfWork, _: FakeStore, __: Any) -> Invoice:
        return void_invoice(uow, invoice.id, None, credit_note=False).invoice

    lock(store, ISSUED)
    error = tried(office, store, void, None)
    assert isinstance(error, Conflict)
    assert (error.code, "Void it with a credit note instead" in error.message) == ("PERIOD_LOCKED", True)
    lock(store, None)
    store.before_next_commit(lambda: lock(store, ISSUED))
    assert isinstance(tried(office, store, void, None), Conflict)
    assert office.run_use_case(lambda uow: void_invoice(uow, invoice.id, None, credit_note=True)).credit_note_id
    assert current(store, invoice).status is Status.CANCELLED
    lock(store, ISSUED - DAY)
    other = issue(office, issue_date=ISSUED)
    voided = office.run_use_case(lambda uow: void_invoice(uow, other.id, None, credit_note=False)).invoice
    assert voided.status is Status.CANCELLED


def test_a_lock_that_comes_while_an_invoice_is_issued_holds(office: Office, store: FakeStore) -> None:
    new = a_new_invoice(issue_date=ISSUED)
    store.before_next_commit(lambda: lock(store, ISSUED))
    with pytest.raises(Conflict, match="locked"):
        office.run_use_case(lambda uow: create_invoice(uow, new, send_email=True, page_url=PAGE_URL))


@pytest.mark.parametrize(("point", "refused"), [(PAID, True), (PAID + DAY, False)])
def test_the_tax_of_an_invoice_gets_into_no_locked_period(
    office: Office, store: FakeStore, point: date, refused: bool
) -> None:
    lock(store, PAID)
    new = a_new_invoice(particulars=Particulars(tax_point_date=point))
    error = tried(office, store, lambda uow, *_: create_invoice(uow, new, send_email=True, page_url=PAGE_URL), None)
    assert isinstance(error, Conflict) is refused
    if isinstance(error, Conflict):
        assert (error.code, "tax_point_date" in error.message) == ("PERIOD_LOCKED", True)


def test_a_draft_dated_in_a_locked_period_can_be_voided_but_not_sent(office: Office, store: FakeStore) -> None:
    new = a_new_invoice(issue_date=ISSUED)
    draft = office.run_use_case(lambda uow: create_invoice(uow, new, send_email=False, page_url=PAGE_URL))
    lock(store, ISSUED)
    with pytest.raises(Conflict, match="locked"):
        office.run_use_case(lambda uow: send_invoice(uow, draft.id, None, page_url=PAGE_URL))
    assert office.run_use_case(lambda uow: void_invoice(uow, draft.id, None)).invoice.status is Status.CANCELLED


@pytest.mark.parametrize("how", ["credit", "write off", "void", "void by note"])
def test_what_undoes_an_invoice_of_next_year_is_dated_as_the_invoice(
    office: Office, store: FakeStore, how: str
) -> None:
    next_year = date(2027, 1, 1)
    invoice = issue(office, issue_date=next_year, due_date=next_year)
    before = store.all(LedgerEntry)
    if how == "credit":
        note = NewCreditNote(reason="Returned")
        made = office.run_use_case(lambda uow: create_credit_note(uow, invoice.id, note, page_url=PAGE_URL))
        assert (made.issue_date, made.number) == (next_year, "CN-2027-001")
    elif how == "write off":
        lost = office.run_use_case(lambda uow: write_off_invoice(uow, invoice.id, None))
        assert lost.write_off_date == next_year
    else:
        office.run_use_case(lambda uow: void_invoice(uow, invoice.id, None, credit_note=how == "void by note"))
    assert [entry.date for entry in booked(store, before)] == [next_year]


def test_an_undone_write_off_is_dated_today_and_not_before_it(office: Office, store: FakeStore) -> None:
    lost = store.all(Invoice)[1]
    assert (lost.write_off_date, lost.written_off_at) == (PAID, NOW)
    back = office.run_use_case(lambda uow: undo_write_off(uow, lost.id))
    assert (back.write_off_date, back.written_off_at) == (None, None)
    ahead = replace(back, write_off_date=TODAY + DAY, amount_written_off=1, version=back.version + 1)
    store.keep(ahead)
    office.run_use_case(lambda uow: undo_write_off(uow, lost.id))
    undone = [entry.date for entry in store.all(LedgerEntry) if entry.movement is Movement.WRITE_OFF_UNDONE]
    assert sorted(undone) == [TODAY, TODAY + DAY]
