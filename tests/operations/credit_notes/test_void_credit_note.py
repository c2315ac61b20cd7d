"""Voiding a credit note: the customer's credit ends, and the invoice can be credited again."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from invoicing.domain.credit_notes.credit_note import CreditNote
from invoicing.domain.credit_notes.measures import CreditItem
from invoicing.domain.errors import Conflict, NotFound, PreconditionFailed
from invoicing.domain.invoices.invoice import Invoice, Status
from invoicing.domain.ledger.entry import LedgerEntry, Movement
from invoicing.domain.sealing import content_hash
from invoicing.operations.account.audit_numbering import audit_numbering
from invoicing.operations.credit_notes.create_credit_note import NewCreditNote, create_credit_note
from invoicing.operations.credit_notes.send_credit_note import send_credit_note
from invoicing.operations.credit_notes.void_credit_note import void_credit_note
from invoicing.operations.documents.order_email import EmailRequest
from invoicing.operations.payments.apply_credit import apply_credit
from invoicing.operations.payments.pay_out_credit import NewCreditPayout, pay_out_credit
from invoicing.operations.payments.refund_payment import NewRefund, refund_payment
from tests.books import assert_books_balance, credit, credit_note, current, entries, issue, ledger_of, pay
from tests.builders import NOW, PAGE_URL, an_account
from tests.fakes import FakeNumbers, FakeStore
from tests.office import Office


def void(office: Office, note: CreditNote, if_version: int | None = None) -> CreditNote:
    return office.run_use_case(
        lambda uow: void_credit_note(uow, note.id, "Typed wrong", ledger_of(office), if_version=if_version)
    )


def refusal(office: Office, note: CreditNote) -> str:
    with pytest.raises(Conflict) as refused:
        void(office, note)
    assert refused.value.code == "INVALID_CREDIT_NOTE_STATE"
    return refused.value.message


def a_paid_and_credited(office: Office, quantity: str | None = None) -> tuple[Invoice, CreditNote]:
    invoice = issue(office)
    pay(office, invoice, "100")
    return invoice, credit_note(office, invoice, quantity)


def test_its_credit_ends_and_its_invoice_is_as_before(office: Office, store: FakeStore) -> None:
    invoice = issue(office)
    pay(office, invoice, "100")
    before = current(store, invoice)
    note = credit_note(office, invoice, "0.4")
    office.now = NOW + timedelta(days=3)
    events = len(store.events)
    after = void(office, note)
    assert (after.voided_at, after.void_reason, after.version) == (office.now, "Typed wrong", 2)
    assert (after.number, after.total, content_hash(after)) == (note.number, note.total, note.content_hash)
    settled = current(store, invoice)
    assert (settled.status, settled.amount_due, settled.paid_date) == (Status.PAID, 0, before.paid_date)
    assert (settled.amount_credited, settled.credited_to_customer, settled.credited) == (0, 0, {})
    assert [(each.number, each.voided_at) for each in settled.credit_notes] == [(note.number, office.now)]
    assert credit(store) == 0
    updated, voided = (store.events[key] for key in sorted(store.events)[events:])
    assert (updated.type, updated.data["changed"]) == (
        "invoice.updated", ["amount_credited", "credit_notes", "credited_to_customer"],
    )  # fmt: skip
    assert (voided.type, voided.resource_id) == ("credit_note.voided", note.id)
    assert_books_balance(store)


def test_the_ledger_has_an_entry_of_its_own_dated_today(office: Office, store: FakeStore) -> None:
    _, note = a_paid_and_credited(office)
    office.now = NOW + timedelta(days=3)
    void(office, note)
    assert entries(store, Movement.CREDIT_NOTE_VOIDED) == [(10000, -10000)]
    (entry,) = (each for each in store.all(LedgerEntry) if each.movement is Movement.CREDIT_NOTE_VOIDED)
    assert (entry.date, entry.document, entry.credit_note_id) == (office.now.date(), note.number, note.id)


def test_what_it_credited_can_be_credited_again_to_the_cent(office: Office, store: FakeStore) -> None:
    """The rounding of the first note goes with it: the second keeps what it had."""
    invoice = issue(office, "1.00")
    pay(office, invoice, "1")
    first, second = credit_note(office, invoice, "0.333333"), credit_note(office, invoice, "0.333333")
    assert (first.total, second.total) == (33, 34)
    void(office, first)
    rest = credit_note(office, invoice)
    assert (rest.total, [line.quantity for line in rest.lines]) == (66, [Decimal("0.666667")])
    assert current(store, invoice).amount_credited == 100
    assert_books_balance(store)


def test_a_note_that_lowered_the_amount_due_is_used(office: Office, store: FakeStore) -> None:
    invoice = issue(office)
    pay(office, invoice, "70")
    note = credit_note(office, invoice)
    assert refusal(office, note) == (
        "Cannot void this credit note: it lowered the amount due by 30.00 USD. Issue a new invoice instead."
    )


def test_credit_that_was_used_is_named(office: Office, store: FakeStore) -> None:
    _, note = a_paid_and_credited(office)
    other = issue(office)
    used = office.run_use_case(lambda uow: apply_credit(uow, other.id, Decimal(1)))
    assert f"has used its credit (payment {used.id} of invoice {other.number})" in refusal(office, note)
    office.run_use_case(lambda uow: refund_payment(uow, used.id, NewRefund(), ledger_of(office)))
    assert void(office, note).voided_at


def test_credit_that_was_paid_out_or_refunded_is_used(office: Office, store: FakeStore) -> None:
    invoice, note = a_paid_and_credited(office)
    payout = office.run_use_case(
        lambda uow: pay_out_credit(uow, "cust_123", NewCreditPayout(amount=Decimal(1), method="cash"))
    )
    assert f"(credit payout {payout.id})" in refusal(office, note)
    other, second = a_paid_and_credited(office)
    (part,) = current(store, other).payments
    office.run_use_case(lambda uow: refund_payment(uow, part.payment_id, NewRefund(), ledger_of(office)))
    pay(office, invoice, "500")
    assert "has used its credit" in refusal(office, second), "other credit of the customer is not that of the note"
    assert_books_balance(store)


def test_it_is_voided_once_and_not_sent_any_more(office: Office, store: FakeStore) -> None:
    _, note = a_paid_and_credited(office)
    void(office, note)
    assert refusal(office, note) == "Cannot void a voided credit note."
    with pytest.raises(Conflict, match="Cannot send a voided credit note"):
        office.run_use_case(lambda uow: send_credit_note(uow, note.id, EmailRequest(), page_url=PAGE_URL))
    assert credit(store) == 0


def test_of_two_at_once_one_is_told_that_it_is_voided(office: Office, store: FakeStore) -> None:
    _, note = a_paid_and_credited(office)
    store.before_next_commit(lambda: void(office, note))
    assert refusal(office, note) == "Cannot void a voided credit note."
    assert_books_balance(store)


def test_credit_that_is_used_meanwhile_is_not_taken_away(office: Office, store: FakeStore) -> None:
    _, note = a_paid_and_credited(office)
    other = issue(office)
    store.before_next_commit(lambda: office.run_use_case(lambda uow: apply_credit(uow, other.id)))
    assert "has used its credit" in refusal(office, note)
    assert_books_balance(store)


def test_its_number_stays_used(office: Office, store: FakeStore) -> None:
    invoice, note = a_paid_and_credited(office)
    void(office, note)
    second = credit_note(office, invoice)
    assert (note.number, second.number) == ("CN-2026-001", "CN-2026-002")
    (period,) = (each for each in audit_numbering(office.uow(), FakeNumbers(store)).periods if each.count == 2)
    assert (period.series, period.gaps) == ("series_credit_note", ())


def test_a_note_of_a_locked_period_is_not_voided(office: Office, store: FakeStore) -> None:
    _, note = a_paid_and_credited(office)
    store.keep(an_account(books_locked_until=note.issue_date))
    with pytest.raises(Conflict, match="Issue a new invoice instead") as refused:
        void(office, note)
    assert refused.value.code == "PERIOD_LOCKED"
    store.keep(an_account(books_locked_until=note.issue_date - timedelta(days=1)))
    assert void(office, note).voided_at


def test_no_lock_comes_in_between(office: Office, store: FakeStore) -> None:
    _, note = a_paid_and_credited(office)
    office.now = NOW + timedelta(days=3)
    store.before_next_commit(lambda: store.keep(an_account(version=9, books_locked_until=note.issue_date)))
    with pytest.raises(Conflict) as refused:
        void(office, note)
    assert refused.value.code == "PERIOD_LOCKED"


def test_a_note_of_an_invoice_of_next_year_is_voided_on_its_date(office: Office, store: FakeStore) -> None:
    invoice = issue(office, issue_date=date(2027, 1, 5), due_date=date(2027, 2, 5))
    pay(office, invoice, "100")
    note = credit_note(office, invoice)
    void(office, note)
    assert {each.date for each in store.all(LedgerEntry) if each.credit_note_id} == {date(2027, 1, 5)}


def test_only_what_is_there_and_unchanged(office: Office, store: FakeStore) -> None:
    _, note = a_paid_and_credited(office)
    with pytest.raises(PreconditionFailed):
        void(office, note, if_version=2)
    with pytest.raises(NotFound):
        office.run_use_case(lambda uow: void_credit_note(uow, "cn_404", None, ledger_of(office)))
    assert void(office, note, if_version=1).version == 2


def test_the_amounts_of_a_note_end_with_it(office: Office, store: FakeStore) -> None:
    invoice = issue(office)
    pay(office, invoice, "100")
    line = invoice.lines[0].id
    some = NewCreditNote(reason="Late", items=[CreditItem(line, amount=Decimal("12.34"))])
    half = NewCreditNote(reason="Late", items=[CreditItem(line, percentage=Decimal(50))])
    first = office.run_use_case(lambda uow: create_credit_note(uow, invoice.id, some, page_url=PAGE_URL))
    office.run_use_case(lambda uow: create_credit_note(uow, invoice.id, half, page_url=PAGE_URL))
    void(office, first)
    assert credit_note(office, invoice, "0.5").total == 5000
    assert current(store, invoice).amount_credited == 10000
    assert_books_balance(store)
