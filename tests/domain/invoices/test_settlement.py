"""The amounts and the state of an invoice after payments, refunds, credit notes and write-offs."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invoicing.domain.errors import Conflict, ValidationFailed
from invoicing.domain.invoices.invoice import Invoice, InvoiceCreditNote, InvoicePayment, Status
from invoicing.domain.invoices.line import LineCredit
from invoicing.domain.invoices.settlement import (
    KEPT_CREDIT_NOTES,
    MOST_PAYMENTS,
    apply_refund,
    credit,
    exceeds_due,
    pay,
    state_of,
    undo_write_off,
    write_off,
)
from tests.builders import NOW, an_invoice, an_issued_invoice

TODAY = NOW.date()
LATER = NOW + timedelta(days=60)
TOTAL = 183600
STATUSES_BEFORE_PAYMENT = [Status.SENT, Status.VIEWED, Status.OVERDUE]


def a_part(amount: int, number: int = 1, on: date = TODAY) -> InvoicePayment:
    return InvoicePayment(payment_id=f"pay_{number}", amount=amount, method="cash", payment_date=on, created_at=NOW)


def credited(invoice: Invoice, applied: int, by_line: Mapping[str, LineCredit], to_customer: int = 0) -> Invoice:
    """After a credit note that takes so much off the amount due, and gives the customer so much credit."""
    number = int(invoice.credit_notes[-1].number[3:]) + 1 if invoice.credit_notes else 1
    note = InvoiceCreditNote(
        credit_note_id=f"cn_{number}",
        number=f"CN-{number}",
        issue_date=TODAY,
        total=applied + to_customer,
        applied_to_invoice=applied,
        credited_to_customer=to_customer,
    )
    return credit(invoice, note, by_line, NOW, taxes=())


@pytest.mark.parametrize("status", STATUSES_BEFORE_PAYMENT)
def test_a_part_makes_it_partially_paid_and_the_rest_paid(status: Status) -> None:
    invoice = an_issued_invoice(status=status)
    part = pay(invoice, a_part(TOTAL - 1), NOW)
    assert (part.status, part.amount_paid, part.amount_due, part.paid_date) == (
        Status.PARTIALLY_PAID, TOTAL - 1, 1, None,
    )  # fmt: skip
    assert (part.version, part.revision) == (invoice.version + 1, invoice.revision)
    whole = pay(part, a_part(1, 2, TODAY + timedelta(days=2)), NOW)
    assert (whole.status, whole.amount_due, whole.paid_date) == (Status.PAID, 0, TODAY + timedelta(days=2))
    assert [payment.payment_id for payment in whole.payments] == ["pay_1", "pay_2"]


@pytest.mark.parametrize("paid", [1, TOTAL - 1, TOTAL])
@pytest.mark.parametrize(
    ("before", "at", "after"),
    [
        (an_issued_invoice(), NOW, Status.SENT),
        (an_issued_invoice(status=Status.VIEWED, viewed_at=NOW), NOW, Status.VIEWED),
        (an_issued_invoice(), LATER, Status.OVERDUE),
        (an_issued_invoice(status=Status.VIEWED, viewed_at=NOW), LATER, Status.OVERDUE),
        (an_issued_invoice(status=Status.OVERDUE), LATER, Status.OVERDUE),
    ],
)
def test_all_given_back_it_is_what_it_would_be_with_nothing_paid(
    paid: int, before: Invoice, at: datetime, after: Status
) -> None:
    invoice = apply_refund(pay(before, a_part(paid), NOW), "pay_1", paid, "UTC", at)
    assert (invoice.status, invoice.amount_paid, invoice.amount_due, invoice.paid_date) == (after, 0, TOTAL, None)
    assert [payment.returned for payment in invoice.payments] == [paid]


@pytest.mark.parametrize("paid", [2, TOTAL])
def test_a_part_given_back_leaves_it_partially_paid(paid: int) -> None:
    invoice = pay(an_issued_invoice(), a_part(paid), NOW)
    invoice = apply_refund(invoice, "pay_1", 1, "UTC", LATER)
    assert (invoice.status, invoice.amount_paid, invoice.amount_due) == (
        Status.PARTIALLY_PAID, paid - 1, TOTAL - paid + 1,
    )  # fmt: skip


@pytest.mark.parametrize("status", [Status.DRAFT, *STATUSES_BEFORE_PAYMENT, Status.CANCELLED])
def test_nothing_goes_back_of_what_is_not_paid(status: Status) -> None:
    invoice = an_invoice() if status is Status.DRAFT else an_issued_invoice(status=status)
    with pytest.raises(LookupError, match=f"is {status}"):
        apply_refund(invoice, "pay_1", 1, "UTC", NOW)


@pytest.mark.parametrize("status", [Status.DRAFT, Status.CANCELLED])
def test_a_draft_or_a_cancelled_invoice_takes_no_payment(status: Status) -> None:
    with pytest.raises(Conflict):
        pay(an_invoice(status=status), a_part(1), NOW)


def test_more_than_is_due_is_refused_in_major_units() -> None:
    with pytest.raises(ValidationFailed, match=r"at most the amount due, 1836\.00 USD") as refused:
        pay(an_issued_invoice(), a_part(TOTAL + 1), NOW)
    assert refused.value.code == "AMOUNT_EXCEEDS_DUE"
    assert exceeds_due("x", 1, an_issued_invoice()).details[0].field == "x"


def test_there_is_an_end_to_its_payments() -> None:
    invoice = an_issued_invoice(payments=(a_part(1),) * MOST_PAYMENTS)
    with pytest.raises(ValidationFailed) as refused:
        pay(invoice, a_part(1), NOW)
    assert refused.value.code == "TOO_MANY_PAYMENTS"


def test_what_is_written_off_is_not_due_until_that_is_undone() -> None:
    part = pay(an_issued_invoice(), a_part(3600), NOW)
    lost = write_off(part, "Insolvent", TODAY, NOW)
    assert (lost.status, lost.amount_due, lost.amount_written_off) == (Status.PAID, 0, 180000)
    assert (lost.written_off_at, lost.write_off_reason) == (NOW, "Insolvent")
    back = undo_write_off(lost, "UTC", NOW)
    assert (back.status, back.amount_due, back.written_off_at, back.write_off_reason) == (
        Status.PARTIALLY_PAID, 180000, None, None,
    )  # fmt: skip
    unpaid = undo_write_off(write_off(an_issued_invoice(), None, TODAY, NOW), "UTC", LATER)
    assert unpaid.status is Status.OVERDUE


def test_what_goes_back_after_a_write_off_can_be_written_off_too() -> None:
    lost = write_off(pay(an_issued_invoice(), a_part(3600), NOW), "Insolvent", TODAY, NOW)
    reopened = apply_refund(lost, "pay_1", 3600, "UTC", NOW)
    assert (reopened.status, reopened.amount_due) == (Status.SENT, 3600)
    again = write_off(reopened, "Bounced", TODAY, NOW)
    assert (again.status, again.amount_due, again.amount_written_off) == (Status.PAID, 0, TOTAL)
    assert undo_write_off(reopened, "UTC", NOW).amount_due == TOTAL


def test_it_was_paid_on_the_latest_date_of_its_payments_in_whatever_order_they_were_recorded() -> None:
    early, late = TODAY - timedelta(days=17), TODAY + timedelta(days=2)
    invoice = pay(pay(an_issued_invoice(), a_part(TOTAL - 1, 1, late), NOW), a_part(1, 2, early), NOW)
    assert invoice.paid_date == late
    reopened = apply_refund(invoice, "pay_1", TOTAL - 1, "UTC", NOW)
    assert pay(reopened, a_part(TOTAL - 1, 3, TODAY), NOW).paid_date == TODAY


def test_what_a_credit_note_settled_alone_was_never_paid() -> None:
    assert credited(an_issued_invoice(), TOTAL, {}).paid_date is None
    part = pay(an_issued_invoice(), a_part(1), NOW)
    assert credited(part, TOTAL - 1, {}).paid_date == TODAY


def test_what_was_paid_stays_paid_on_its_day() -> None:
    paid = pay(an_issued_invoice(), a_part(TOTAL), NOW)
    note = InvoiceCreditNote(
        credit_note_id="cn_1", number="CN-1", issue_date=LATER.date(), total=3600, credited_to_customer=3600
    )
    after = credit(paid, note, {}, LATER, taxes=())
    assert (after.paid_date, after.amount_due, after.amount_credited) == (TODAY, 0, 3600)


@given(st.permutations(["pay", "credit"]), st.integers(1, TOTAL))
def test_all_credit_notes_count_whatever_the_order(order: list[str], amount: int) -> None:
    invoice = an_issued_invoice()
    for step in order:
        if step == "pay":
            invoice = pay(invoice, a_part(invoice.amount_due), NOW) if invoice.amount_due else invoice
        else:
            applied = min(amount, invoice.amount_due)
            invoice = credited(invoice, applied, {}, to_customer=amount - applied)
    assert (invoice.amount_credited, invoice.amount_due) == (amount, 0)
    assert invoice.credited_to_customer == (amount if order[0] == "pay" else 0)
    assert [note.total for note in invoice.credit_notes] == [amount]


def test_an_invoice_keeps_its_latest_credit_notes_and_counts_all() -> None:
    invoice = an_issued_invoice()
    for _ in range(KEPT_CREDIT_NOTES + 2):
        invoice = credited(invoice, 1, {})
    assert invoice.amount_credited == KEPT_CREDIT_NOTES + 2
    assert [note.number for note in invoice.credit_notes] == [f"CN-{n + 3}" for n in range(KEPT_CREDIT_NOTES)]


def test_a_credit_note_takes_off_what_is_due_and_counts_the_quantities() -> None:
    first = credited(an_issued_invoice(), 3600, {"item_1": LineCredit(quantity=Decimal(2))})
    assert (first.status, first.amount_due) == (Status.SENT, 180000)
    both = {line: LineCredit(quantity=Decimal(quantity)) for line, quantity in (("item_1", 3), ("item_2", 1))}
    second = credited(first, 180000, both)
    assert (second.status, second.amount_due, second.amount_credited) == (Status.PAID, 0, TOTAL)
    assert second.credited == both


def test_the_state_follows_from_the_figures() -> None:
    invoice = an_issued_invoice()
    assert state_of(replace(invoice, amount_paid=TOTAL)) is Status.PAID
    assert state_of(replace(invoice, amount_written_off=TOTAL)) is Status.PAID
    assert state_of(replace(invoice, amount_paid=1, status=Status.OVERDUE)) is Status.PARTIALLY_PAID
    assert state_of(replace(invoice, status=Status.OVERDUE)) is Status.OVERDUE


def _day(amount: int) -> date:
    """Some day, as often before as after those of earlier payments."""
    return TODAY - timedelta(days=amount % 7)


STEPS: dict[str, Callable[[Invoice, int, int], Invoice]] = {
    "pay": lambda invoice, amount, number: pay(invoice, a_part(amount, number, _day(amount)), NOW),
    "credit": lambda invoice, amount, _: credited(invoice, amount, {}),
    "write off": lambda invoice, _, __: write_off(invoice, None, TODAY, NOW),
    "undo": lambda invoice, _, __: undo_write_off(invoice, "UTC", NOW),
}


@given(st.lists(st.tuples(st.sampled_from([*STEPS, "give back"]), st.integers(0, TOTAL)), max_size=8))
def test_what_is_due_is_the_total_less_what_settled_it(steps: list[tuple[str, int]]) -> None:
    invoice = an_issued_invoice()
    for number, (step, size) in enumerate(steps):
        before = invoice
        amount = min(size, invoice.amount_due)
        paid = next((payment for payment in invoice.payments if payment.amount > payment.returned), None)
        if step == "give back" and paid:
            invoice = apply_refund(invoice, paid.payment_id, min(max(size, 1), paid.amount - paid.returned), "UTC", NOW)
        elif (step == "write off" and invoice.amount_due) or (step == "undo" and invoice.amount_written_off):
            invoice = STEPS[step](invoice, 0, number)
        elif step == "credit" and amount and invoice.amount_written_off:
            with pytest.raises(Conflict, match="written off"):
                STEPS[step](invoice, amount, number)
        elif step in {"pay", "credit"} and amount:
            invoice = STEPS[step](invoice, amount, number)
        settled = invoice.amount_paid + invoice.amount_credited + invoice.amount_written_off
        assert invoice.amount_due == invoice.total - settled >= 0
        assert invoice.amount_paid == sum(payment.amount - payment.returned for payment in invoice.payments)
        assert (invoice.status is Status.PAID) == (invoice.amount_due == 0)
        assert (invoice.status is Status.PARTIALLY_PAID) == (invoice.amount_due > 0 and invoice.amount_paid > 0)
        paid_on = [_day(part.amount) for part in invoice.payments if part.returned < part.amount]
        ended = invoice.amount_due == 0 == invoice.amount_written_off
        assert invoice.paid_date == (max(paid_on) if ended and paid_on else None)
        assert (invoice.total, invoice.number, invoice.revision) == (before.total, before.number, before.revision)
