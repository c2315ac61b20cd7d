"""Voiding an issued invoice by a credit note over everything."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from invoicing.domain.credit_notes.credit_note import CreditNote
from invoicing.domain.errors import Conflict
from invoicing.domain.invoices.invoice import Invoice, Status
from invoicing.domain.invoices.lifecycle import possible_actions
from invoicing.domain.ledger.entry import Movement
from invoicing.domain.numbering.series import NumberReservation
from invoicing.domain.sealing import content_hash
from invoicing.operations.credit_notes.create_credit_note import NewCreditNote, create_credit_note
from invoicing.operations.invoices.create_invoice import create_invoice
from invoicing.operations.invoices.void_invoice import VoidedInvoice, void_invoice
from tests.books import assert_books_balance, credit, credit_note, current, entries, issue, pay
from tests.builders import NOW, PAGE_URL, a_line, a_new_invoice, an_account
from tests.fakes import FakeStore
from tests.office import Office
from tests.operations.settling import lose

LINES = (a_line("3", "33.33", "0.19"), a_line("1", "0.05", "0.07"), a_line("-1", "10", "0.19"))


def void(office: Office, invoice: Invoice, *, credit_note: bool | None = None) -> VoidedInvoice:
    return office.run_use_case(lambda uow: void_invoice(uow, invoice.id, "Billed twice", credit_note=credit_note))


def send(office: Office, prices_include_tax: bool = False) -> Invoice:
    new = a_new_invoice(*LINES, prices_include_tax=prices_include_tax)
    return office.run_use_case(lambda uow: create_invoice(uow, new, send_email=True, page_url=PAGE_URL))


@pytest.mark.parametrize("prices_include_tax", [False, True])
def test_a_note_over_everything_cancels_it_in_one_transaction(
    office: Office, store: FakeStore, prices_include_tax: bool
) -> None:
    before = send(office, prices_include_tax)
    events, commits = len(store.events), store.commits
    office.now = NOW + timedelta(days=40)
    done = void(office, before)
    assert store.commits == commits + 1
    (note,) = store.all(CreditNote)
    assert (note.id, note.number, note.invoice_id, note.invoice_number) == (
        done.credit_note_id, "CN-2027-001", before.id, before.number,
    )  # fmt: skip
    assert (note.subtotal, note.discount_amount, note.tax, note.total) == (
        before.subtotal, before.discount_amount, before.tax, before.total,
    )  # fmt: skip
    assert (note.applied_to_invoice, note.credited_to_customer) == (before.total, 0)
    assert (note.issue_date, note.reason, note.content_hash) == (office.now.date(), None, content_hash(note))
    after = current(store, before)
    assert after == done.invoice
    assert (after.status, after.version, after.void_reason, after.voided_at) == (
        Status.CANCELLED, before.version + 1, "Billed twice", office.now,
    )  # fmt: skip
    assert (after.amount_due, after.amount_credited, after.credited_to_customer) == (0, before.total, 0)
    assert [each.credit_note_id for each in after.credit_notes] == [note.id]
    assert after.content_hash == content_hash(after) == before.content_hash
    assert possible_actions(after) == {"duplicate", "rotate_link"}
    assert entries(store, Movement.CREDIT_NOTE) == [(-before.total, 0)]
    assert entries(store, Movement.VOID) == []
    assert store.event_types()[events:] == ["credit_note.created", "invoice.cancelled"]
    assert_books_balance(store)


def test_the_accounts_country_decides_where_the_client_says_nothing(office: Office, store: FakeStore) -> None:
    assert void(office, issue(office)).credit_note_id
    store.keep(an_account(address=None))
    assert void(office, issue(office)).credit_note_id is None
    assert void(office, issue(office), credit_note=True).credit_note_id
    assert [len(entries(store, movement)) for movement in (Movement.CREDIT_NOTE, Movement.VOID)] == [2, 1]
    assert_books_balance(store)


def test_a_draft_and_an_invoice_of_0_have_nothing_to_credit(office: Office, store: FakeStore) -> None:
    draft = office.run_use_case(lambda uow: create_invoice(uow, a_new_invoice(), send_email=False, page_url=PAGE_URL))
    for invoice in (draft, issue(office, "0")):
        with pytest.raises(Conflict, match="nothing to credit"):
            void(office, invoice, credit_note=True)
        done = void(office, invoice)
        assert (done.invoice.status, done.credit_note_id) == (Status.CANCELLED, None)
    assert store.all(CreditNote) == []
    assert_books_balance(store)


@pytest.mark.parametrize("how", ["paid", "credited", "written off"])
def test_what_was_settled_cannot_be_voided_with_a_note_either(office: Office, store: FakeStore, how: str) -> None:
    invoice = issue(office)
    settle: dict[str, Callable[[], object]] = {
        "paid": lambda: pay(office, invoice, "1"),
        "credited": lambda: credit_note(office, invoice, "0.5"),
        "written off": lambda: lose(office, invoice_id=invoice.id, amount="1"),
    }
    settle[how]()
    before = store.commits
    with pytest.raises(Conflict, match="Cannot void this invoice"):
        void(office, invoice, credit_note=True)
    assert store.commits == before


def test_a_payment_that_comes_in_meanwhile_prevents_it(office: Office, store: FakeStore) -> None:
    invoice = issue(office)
    other = Office(store, ids=office.ids)
    store.before_next_commit(lambda: pay(other, invoice, "10"))
    with pytest.raises(Conflict, match="Refund its payments first"):
        void(office, invoice)
    assert (store.all(CreditNote), credit(store)) == ([], 0)
    assert "CN-2026-001" not in {taken.id for taken in store.all(NumberReservation)}


def test_a_credit_note_that_comes_in_meanwhile_is_not_credited_twice(office: Office, store: FakeStore) -> None:
    invoice = issue(office)
    other = Office(store, ids=office.ids)
    store.before_next_commit(lambda: credit_note(other, invoice))
    with pytest.raises(Conflict, match="it was credited or written off"):
        void(office, invoice)
    assert [note.total for note in store.all(CreditNote)] == [invoice.total]
    assert_books_balance(store)


def test_the_numbers_of_notes_go_on_after_it(office: Office) -> None:
    void(office, issue(office))
    second = issue(office)
    new = NewCreditNote(reason="Returned")
    note = office.run_use_case(lambda uow: create_credit_note(uow, second.id, new, page_url=PAGE_URL))
    assert note.number == "CN-2026-002"
