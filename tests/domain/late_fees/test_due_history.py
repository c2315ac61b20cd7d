"""What was due of an invoice on which day."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from invoicing.domain.invoices.invoice import Invoice, InvoiceCreditNote, InvoicePayment, InvoiceRefund
from invoicing.domain.late_fees.due_history import AmountChange, DueHistory, Stretch, due_history_of
from tests.builders import an_issued_invoice
from tests.domain.late_fees.cases import an_invoice_due, day

NOW = datetime(2026, 11, 22, tzinfo=UTC)


def a_refund(amount: int, on: date) -> InvoiceRefund:
    return InvoiceRefund(refund_id="refund_1", amount=amount, refund_date=on, method="cash")


def paid(amount: int, on: date, *refunds: InvoiceRefund, **overrides: Any) -> InvoicePayment:
    payment = InvoicePayment(
        payment_id="pay_1",
        amount=amount,
        returned=sum(refund.amount for refund in refunds),
        method="cash",
        payment_date=on,
        created_at=NOW,
        refunds=refunds,
    )
    return replace(payment, **overrides)


def a_note(applied: int, on: date, **overrides: Any) -> InvoiceCreditNote:
    note = InvoiceCreditNote(
        credit_note_id="cn_1", number="CN-1", issue_date=on, total=applied, applied_to_invoice=applied
    )
    return replace(note, **overrides)


def an_invoice(**changed: Any) -> Invoice:
    """1,836.00 dollars, due on 31 March."""
    payments = changed.get("payments", ())
    amounts = {"amount_paid": sum(part.amount - part.returned for part in payments)}
    dates = {"issue_date": day("2026-03-01"), "due_date": day("2026-03-31")}
    return replace(an_issued_invoice(), **dates | amounts | changed)


def test_what_is_late_on_each_day() -> None:
    history = an_invoice_due("100", "2026-03-31", ("10", "2026-03-31"), ("40", "2026-04-10"), ("60", "2026-04-20"))
    assert history.late_until(day("2026-03-31")) == ()
    assert history.late_until(day("2026-04-10")) == (Stretch(day("2026-04-01"), day("2026-04-10"), 9000),)
    whole = (
        Stretch(day("2026-04-01"), day("2026-04-10"), 9000),
        Stretch(day("2026-04-11"), day("2026-04-20"), 5000),
    )
    assert history.late_until(day("2026-04-20")) == history.late_until(day("2029-04-20")) == whole
    assert [history.due_after(day(on)) for on in ("2026-03-30", "2026-04-10", "2026-04-20")] == [10000, 5000, 0]
    assert history.amount_due == 0


CHANGES = st.lists(st.tuples(st.integers(-5, 60), st.integers(-300, 300)), max_size=8)


@given(st.integers(1, 500), CHANGES, st.integers(-3, 70))
def test_stretches_say_of_each_day_what_was_due_at_its_begin(
    amount: int, changes: list[tuple[int, int]], until: int
) -> None:
    first = date(2026, 4, 1)
    history = DueHistory(
        currency="EUR",
        issue_date=first - timedelta(days=40),
        due_date=first - timedelta(days=1),
        amount_payable=amount,
        changes=tuple(AmountChange(first + timedelta(days=on), change) for on, change in changes),
    )
    late = history.late_until(first + timedelta(days=until))
    by_day = {
        part.first_day + timedelta(days=number): part.amount
        for part in late
        for number in range((part.last_day - part.first_day).days + 1)
    }
    expected = {
        first + timedelta(days=number): due
        for number in range(until + 1)
        if (due := amount + sum(change for on, change in changes if on < number)) > 0
    }
    assert by_day == expected


def test_the_history_of_an_invoice_has_all_that_changed_what_is_due() -> None:
    invoice = an_invoice(
        payments=(
            paid(50000, day("2026-04-10"), a_refund(20000, day("2026-05-01"))),
            paid(10000, day("2026-04-12"), returned=10000, reversal_date=day("2026-04-20")),
        ),
        credit_notes=(a_note(30000, day("2026-04-15")), a_note(500, day("2026-04-16"), voided_at=NOW)),
        applied_to_invoice=30000,
        amount_written_off=1000,
        write_off_date=day("2026-06-01"),
    )
    history = due_history_of(invoice)
    assert (history.amount_payable, history.issue_date, history.due_date) == (
        183600,
        day("2026-03-01"),
        day("2026-03-31"),
    )
    assert sorted((change.on.isoformat(), change.amount) for change in history.changes) == [
        ("2026-04-10", -50000),
        ("2026-04-12", -10000),
        ("2026-04-15", -30000),
        ("2026-04-20", 10000),
        ("2026-05-01", 20000),
        ("2026-06-01", -1000),
    ]
    assert history.amount_due == invoice.amount_due == 122600


def test_a_refund_that_credit_covers_makes_nothing_due() -> None:
    refunded = paid(183600, day("2026-04-10"), a_refund(50000, day("2026-05-01")))
    note = a_note(0, day("2026-04-20"), credited_to_customer=50000, total=50000)
    invoice = an_invoice(payments=(refunded,), credit_notes=(note,), applied_to_invoice=50000)
    assert due_history_of(invoice).amount_due == 0
    assert [part.last_day for part in due_history_of(invoice).late_until(day("2027-01-01"))] == [day("2026-04-10")]


def test_what_an_invoice_no_longer_keeps_counts_for_the_customer() -> None:
    """A refund before those that are kept, and credit notes before those that are kept."""
    latest = tuple(a_refund(100, day("2026-05-01") + timedelta(days=number)) for number in range(20))
    invoice = an_invoice(
        payments=(paid(50000, day("2026-04-10"), *latest, returned=2300),),
        credit_notes=(a_note(700, day("2026-04-20")),),
        applied_to_invoice=1000,
    )
    changes = due_history_of(invoice).changes
    assert AmountChange(day("2026-05-01"), 300) in changes
    assert AmountChange(day("2026-04-20"), -300) in changes
    assert due_history_of(invoice).amount_due == invoice.amount_due


DATES = st.integers(0, 90).map(lambda number: date(2026, 4, 1) + timedelta(days=number))


@st.composite
def payments(draw: st.DrawFn) -> InvoicePayment:
    refunds = tuple(a_refund(amount, draw(DATES)) for amount in draw(st.lists(st.integers(1, 900), max_size=3)))
    forgotten = draw(st.integers(0, 500))
    back = sum(refund.amount for refund in refunds) + forgotten
    kept = draw(st.integers(0, 5000))
    if draw(st.booleans()):
        return paid(back + kept, draw(DATES), *refunds, returned=back)
    return paid(back + kept, draw(DATES), *refunds, returned=back + kept, reversal_date=draw(DATES))


@given(
    st.lists(payments(), max_size=4).map(tuple),
    st.lists(st.builds(a_note, st.integers(0, 5000), DATES), max_size=3).map(tuple),
    st.integers(0, 2000),
    st.integers(0, 2000),
    DATES,
)
def test_the_history_ends_with_the_amount_due(
    made: tuple[InvoicePayment, ...],
    notes: tuple[InvoiceCreditNote, ...],
    forgotten: int,
    lost: int,
    on: date,
) -> None:
    invoice = an_invoice(
        payments=made,
        credit_notes=notes,
        applied_to_invoice=sum(note.applied_to_invoice for note in notes) + forgotten,
        amount_written_off=lost,
        write_off_date=on if lost else None,
    )
    assert due_history_of(invoice).amount_due == max(invoice.amount_due, 0)
