"""Early-payment discounts: taken in time by exactly the reduced amount, once, with the tax corrected."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from invoicing.domain.credit_notes.credit_note import CreditNote
from invoicing.domain.credit_notes.measures import CreditItem
from invoicing.domain.errors import Conflict, ValidationFailed
from invoicing.domain.invoices.invoice import Invoice, Status
from invoicing.domain.invoices.lines import NewLine
from invoicing.domain.invoices.payment_terms import EarlyPaymentDiscount
from invoicing.domain.ledger.entry import LedgerEntry, Movement
from invoicing.domain.money.rounding import RoundingChoice
from invoicing.domain.numbering.series import NumberReservation
from invoicing.domain.payments.payment import Payment
from invoicing.operations.credit_notes.create_credit_note import NewCreditNote, create_credit_note
from invoicing.operations.credit_notes.void_credit_note import void_credit_note
from invoicing.operations.invoices.create_invoice import create_invoice
from invoicing.operations.invoices.write_off_invoice import write_off_invoice
from invoicing.operations.payments.record_invoice_payment import NewPayment, record_invoice_payment
from invoicing.operations.payments.refund_payment import NewRefund, refund_payment
from invoicing.operations.payments.reverse_payment import reverse_payment
from tests.books import assert_books_balance, credit, current, entries, ledger_of
from tests.builders import NOW, PAGE_URL, a_line, a_new_invoice, an_account
from tests.fakes import FakeStore
from tests.office import Office

ISSUED = NOW.date()
TWO_IN_TEN = EarlyPaymentDiscount(Decimal(2), 10)
THREE_IN_FIVE = EarlyPaymentDiscount(Decimal(3), 5)


def issue(office: Office, *offers: EarlyPaymentDiscount, line: NewLine | None = None, **more: Any) -> Invoice:
    """An invoice of 1,190.00, 190.00 of it tax, unless a line is given."""
    known = {"issue_date": ISSUED, "due_date": ISSUED + timedelta(days=30), "early_payment_discounts": offers}
    new = a_new_invoice(line or a_line("10", "100", "0.19"), **known | more)
    return office.run_use_case(lambda uow: create_invoice(uow, new, send_email=True, page_url=PAGE_URL))


def pay(office: Office, invoice: Invoice, amount: str, *, days: int = 0, **more: Any) -> Payment:
    """A payment so many days after the issue, recorded on that day or later."""
    on = ISSUED + timedelta(days=days)
    office.now = max(office.now, NOW + timedelta(days=days))
    new = NewPayment(amount=Decimal(amount), method="bank_transfer", payment_date=on, **more)
    return office.run_use_case(lambda uow: record_invoice_payment(uow, invoice.id, new))


def refusal(office: Office, invoice: Invoice, amount: str, **more: Any) -> tuple[str, str, str]:
    with pytest.raises(ValidationFailed) as refused:
        pay(office, invoice, amount, **more)
    (detail,) = refused.value.details
    return detail.field, detail.code, detail.message


def reverse(office: Office, payment: Payment) -> Payment:
    return office.run_use_case(lambda uow: reverse_payment(uow, payment.id, "Bounced", ledger_of(office)))


@pytest.mark.parametrize("wanted", [None, True])
def test_the_reduced_amount_in_time_settles_the_invoice(office: Office, store: FakeStore, wanted: bool | None) -> None:
    invoice = issue(office, TWO_IN_TEN)
    payment = pay(office, invoice, "1166.20", days=10, take_discount=wanted)
    settled, (note,) = current(store, invoice), store.all(CreditNote)
    assert (settled.status, settled.amount_due, settled.amount_paid, settled.amount_credited) == (
        Status.PAID, 0, 116620, 2380,
    )  # fmt: skip
    assert (settled.version, settled.paid_date) == (invoice.version + 1, ISSUED + timedelta(days=10))
    assert (note.kind, note.subtotal, note.tax, note.total, note.applied_to_invoice) == (
        "early_payment_discount", 2000, 380, 2380, 2380,
    )  # fmt: skip
    assert (note.number, note.issue_date, payment.discount_note_id) == ("CN-2026-001", payment.payment_date, note.id)
    assert entries(store, Movement.CREDIT_NOTE) == [(-2380, 0)]
    assert entries(store, Movement.PAYMENT) == [(-116620, 0)]
    assert store.event_types()[-4:] == ["credit_note.created", "invoice.paid", "payment.created", "payment.succeeded"]
    assert_books_balance(store)


def test_its_number_is_that_of_a_credit_note(office: Office, store: FakeStore) -> None:
    pay(office, issue(office, TWO_IN_TEN), "1166.20")
    (taken,) = (each for each in store.all(NumberReservation) if each.document_type == "credit_note")
    assert (taken.id, taken.taken_by) == ("CN-2026-001", store.all(CreditNote)[0].id)


def test_terms_offer_it_too(office: Office, store: FakeStore) -> None:
    invoice = issue(office, early_payment_discounts=None, due_date=None, payment_terms="2/10 Net 30")
    assert (invoice.early_payment_discounts, invoice.due_date) == ((TWO_IN_TEN,), ISSUED + timedelta(days=30))
    pay(office, invoice, "1166.20")
    assert current(store, invoice).status is Status.PAID


@pytest.mark.parametrize(
    ("amount", "days", "wanted"),
    [
        ("1166.20", 11, None),
        ("1166.20", 10, False),
        ("1166.19", 10, None),
        ("1166.21", 10, None),
        ("1166.20", 11, False),
    ],
)
def test_otherwise_it_is_a_part(office: Office, store: FakeStore, amount: str, days: int, wanted: bool | None) -> None:
    invoice = issue(office, TWO_IN_TEN)
    payment = pay(office, invoice, amount, days=days, take_discount=wanted)
    left = current(store, invoice)
    assert (left.status, left.amount_due) == (Status.PARTIALLY_PAID, 119000 - payment.amount)
    assert (store.all(CreditNote), payment.discount_note_id) == ([], None)


def test_too_late_says_until_when_it_was(office: Office, store: FakeStore) -> None:
    invoice = issue(office, TWO_IN_TEN, THREE_IN_FIVE)
    assert refusal(office, invoice, "1166.20", days=11, take_discount=True) == (
        "take_discount",
        "DISCOUNT_UNAVAILABLE",
        "take_discount must be false: the discount of 2 % ended on 2026-12-02, and 1190.00 USD is due.",
    )
    assert refusal(office, issue(office), "1", take_discount=True)[1] == "DISCOUNT_UNAVAILABLE"
    assert store.all(CreditNote) == []


def test_of_several_the_highest_in_time_is_taken(office: Office, store: FakeStore) -> None:
    first, second, third = (issue(office, TWO_IN_TEN, THREE_IN_FIVE) for _ in range(3))
    pay(office, first, "1154.30", days=5)
    pay(office, second, "1166.20", days=5)
    assert [note.total for note in store.all(CreditNote)] == [3570, 2380], "what is paid says which is taken"
    field, code, message = refusal(office, third, "1154.29", days=5, take_discount=True)
    assert (field, code) == ("amount", "AMOUNT_INVALID")
    assert message == "amount must be 1154.30, the amount due less the discount of 3 %."
    pay(office, third, "1166.20", days=6, take_discount=True)
    assert current(store, third).amount_credited == 2380


def test_what_is_paid_beyond_it_is_credit_where_that_is_allowed(office: Office, store: FakeStore) -> None:
    invoice = issue(office, TWO_IN_TEN)
    assert refusal(office, invoice, "1190", take_discount=True)[1] == "AMOUNT_EXCEEDS_DUE"
    assert store.all(CreditNote) == []
    payment = pay(office, invoice, "1190", take_discount=True, allow_overpayment=True)
    assert (payment.to_credit, credit(store), current(store, invoice).amount_due) == (2380, 2380, 0)
    assert_books_balance(store)


def test_parts_before_it_must_have_been_in_time(office: Office, store: FakeStore) -> None:
    invoice, other = issue(office, TWO_IN_TEN), issue(office, TWO_IN_TEN)
    pay(office, invoice, "500", days=3)
    pay(office, invoice, "666.20", days=9)
    assert current(store, invoice).status is Status.PAID
    pay(office, other, "500", days=12)
    assert refusal(office, other, "666.20", days=9, take_discount=True)[1] == "DISCOUNT_UNAVAILABLE"


def test_what_was_credited_before_has_no_discount(office: Office, store: FakeStore) -> None:
    invoice = issue(office, TWO_IN_TEN)
    half = NewCreditNote(reason="Returned", items=[CreditItem(invoice.lines[0].id, quantity=Decimal(5))])
    office.run_use_case(lambda uow: create_credit_note(uow, invoice.id, half, page_url=PAGE_URL))
    pay(office, invoice, "583.10")
    settled = current(store, invoice)
    assert (settled.amount_due, settled.amount_credited) == (0, 59500 + 1190)
    rest = office.run_use_case(
        lambda uow: create_credit_note(uow, invoice.id, NewCreditNote(reason="All"), page_url=PAGE_URL)
    )
    assert (rest.total, rest.credited_to_customer) == (58310, 58310)
    assert_books_balance(store)


def test_a_discount_of_one_unit_is_credited_without_tax(office: Office, store: FakeStore) -> None:
    """1 ÷ 1.1, rounded down, is nothing: there is no line to credit but for the largest."""
    down = RoundingChoice(mode="down")
    invoice = issue(office, TWO_IN_TEN, line=a_line("1", "50", "0.1"), currency="JPY", rounding=down)
    pay(office, invoice, "54")
    (note,) = store.all(CreditNote)
    assert (note.total, note.tax, current(store, invoice).amount_due) == (1, 0, 0)
    assert_books_balance(store)


def test_a_written_off_invoice_offers_none(office: Office, store: FakeStore) -> None:
    invoice = issue(office, TWO_IN_TEN)
    office.run_use_case(lambda uow: write_off_invoice(uow, invoice.id, "Insolvent", Decimal(100)))
    assert refusal(office, invoice, "1066.20", take_discount=True)[1] == "DISCOUNT_UNAVAILABLE"


def test_twice_it_is_taken_once(office: Office, store: FakeStore) -> None:
    invoice = issue(office, TWO_IN_TEN)
    pay(office, invoice, "1166.20")
    assert refusal(office, invoice, "1166.20")[1] == "AMOUNT_EXCEEDS_DUE"
    assert len(store.all(CreditNote)) == 1


def test_of_two_at_once_one_takes_it(office: Office, store: FakeStore) -> None:
    invoice = issue(office, TWO_IN_TEN)
    store.before_next_commit(lambda: pay(office, invoice, "1166.20"))
    assert refusal(office, invoice, "1166.20", take_discount=True)[1] == "DISCOUNT_UNAVAILABLE"
    assert (len(store.all(CreditNote)), current(store, invoice).amount_due) == (1, 0)
    assert_books_balance(store)


def test_a_part_paid_meanwhile_counts(office: Office, store: FakeStore) -> None:
    invoice = issue(office, TWO_IN_TEN)
    store.before_next_commit(lambda: pay(office, invoice, "500"))
    assert refusal(office, invoice, "1166.20")[1] == "AMOUNT_EXCEEDS_DUE"
    assert (store.all(CreditNote), current(store, invoice).amount_due) == ([], 69000)


def test_a_locked_period_takes_none(office: Office, store: FakeStore) -> None:
    invoice = issue(office, TWO_IN_TEN)
    store.keep(an_account(version=2, books_locked_until=ISSUED + timedelta(days=3)))
    office.now = NOW + timedelta(days=9)
    with pytest.raises(Conflict) as refused:
        pay(office, invoice, "1166.20", days=2)
    assert refused.value.code == "PERIOD_LOCKED"
    pay(office, invoice, "1166.20", days=4)
    assert {entry.date for entry in store.all(LedgerEntry)} == {ISSUED, ISSUED + timedelta(days=4)}


def test_a_payment_before_the_issue_has_its_note_on_that_day(office: Office, store: FakeStore) -> None:
    later = date(2026, 12, 24)
    invoice = issue(office, TWO_IN_TEN, issue_date=later, due_date=later)
    pay(office, invoice, "1166.20")
    assert store.all(CreditNote)[0].issue_date == later


def test_a_refund_leaves_the_discount(office: Office, store: FakeStore) -> None:
    invoice = issue(office, TWO_IN_TEN)
    payment = pay(office, invoice, "1166.20")
    office.run_use_case(lambda uow: refund_payment(uow, payment.id, NewRefund(), ledger_of(office)))
    assert (current(store, invoice).amount_due, current(store, invoice).amount_credited) == (116620, 2380)
    assert_books_balance(store)


def test_a_reversal_undoes_it(office: Office, store: FakeStore) -> None:
    """The money never came, so the discount was never earned."""
    invoice = issue(office, TWO_IN_TEN)
    payment = pay(office, invoice, "1166.20")
    reverse(office, payment)
    after, (note,) = current(store, invoice), store.all(CreditNote)
    assert (after.amount_due, after.amount_credited, after.credited, after.version) == (119000, 0, {}, 3)
    assert (note.voided_at, [each.voided_at for each in after.credit_notes]) == (office.now, [office.now])
    assert entries(store, Movement.CREDIT_NOTE_VOIDED) == [(2380, 0)]
    assert entries(store, Movement.REVERSAL) == [(116620, 0)]
    assert "credit_note.voided" in store.event_types()
    assert_books_balance(store)
    pay(office, invoice, "1166.20", days=10)
    assert current(store, invoice).amount_due == 0
    assert_books_balance(store)


def test_a_reversal_that_credit_notes_cover_leaves_it(office: Office, store: FakeStore) -> None:
    """All was credited since: nothing is due again, and so no discount is."""
    invoice = issue(office, TWO_IN_TEN)
    payment = pay(office, invoice, "1166.20")
    office.run_use_case(lambda uow: create_credit_note(uow, invoice.id, NewCreditNote(reason="All"), page_url=PAGE_URL))
    reverse(office, payment)
    assert (current(store, invoice).amount_due, current(store, invoice).amount_credited) == (0, 119000)
    assert_books_balance(store)


def test_in_a_locked_period_the_note_stays_with_a_warning(office: Office, store: FakeStore) -> None:
    invoice = issue(office, TWO_IN_TEN)
    payment = pay(office, invoice, "1166.20")
    office.now = NOW + timedelta(days=9)
    store.keep(an_account(version=2, books_locked_until=ISSUED))
    uow = office.uow()
    reverse_payment(uow, payment.id, "Bounced", ledger_of(office))
    assert [warning.code for warning in uow.warnings] == ["DISCOUNT_KEPT"]
    store.commit(uow.changes, None)
    assert (current(store, invoice).amount_due, store.all(CreditNote)[0].voided_at) == (116620, None)
    assert_books_balance(store)


def test_the_note_alone_cannot_be_voided(office: Office, store: FakeStore) -> None:
    pay(office, issue(office, TWO_IN_TEN), "1166.20")
    (note,) = store.all(CreditNote)
    with pytest.raises(Conflict, match="Reverse the payment that took the discount instead"):
        office.run_use_case(lambda uow: void_credit_note(uow, note.id, None, ledger_of(office)))
