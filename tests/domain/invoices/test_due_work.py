"""When an invoice becomes overdue, and what happens to that when it is settled, cancelled, or moved to another zone."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invoicing.domain.calendar import today
from invoicing.domain.due_work import DueWork, Work
from invoicing.domain.invoices.due_work import awaiting_overdue, due_work_of, in_time_zone, overdue_from
from invoicing.domain.invoices.invoice import Invoice, InvoicePayment, Status
from invoicing.domain.invoices.lifecycle import became_overdue, is_overdue, mark_viewed, void
from invoicing.domain.invoices.scheduled_send import ScheduledSend
from invoicing.domain.invoices.settlement import apply_refund, pay, undo_write_off, write_off
from tests.builders import NOW, PAGE_URL, a_line, a_new_invoice, an_account, an_invoice, an_issued_invoice
from tests.examples import TIME_ZONES

DUE = date(2026, 12, 9)
PARIS = "Europe/Paris"
AFTER = datetime(2026, 12, 9, 23, tzinfo=UTC)
"""The first instant after the due date in Paris."""


def due(time_zone: str = PARIS, on: date = DUE) -> Invoice:
    new = a_new_invoice(a_line("1", "1000"), due_date=on)
    return an_issued_invoice(new, by=an_account(time_zone=time_zone))


def part(amount: int, number: int = 1) -> InvoicePayment:
    return InvoicePayment(
        payment_id=f"pay_{number}", amount=amount, method="cash", payment_date=NOW.date(), created_at=NOW
    )


def send_at(local: str | None, at: datetime = NOW) -> ScheduledSend:
    return ScheduledSend(at=at, local=local, page_url=PAGE_URL)


def test_due_today_is_not_overdue() -> None:
    invoice = due()
    assert due_work_of(invoice) == DueWork(AFTER, Work.OVERDUE)
    assert not is_overdue(invoice, today(AFTER - timedelta(seconds=1), PARIS))
    assert is_overdue(invoice, today(AFTER, PARIS))


def test_the_evening_before_is_not_the_day_after() -> None:
    invoice = due("America/Chicago", date(2026, 11, 30))
    assert not is_overdue(invoice, today(datetime(2026, 12, 1, 0, 30, tzinfo=UTC), "America/Chicago"))
    assert invoice.next_overdue_at == datetime(2026, 12, 1, 6, tzinfo=UTC)


@given(st.sampled_from(TIME_ZONES), st.dates(date(1972, 1, 1), date(2100, 1, 1)))
def test_the_instant_is_that_at_which_the_calendar_turns(time_zone: str, on: date) -> None:
    invoice = replace(an_issued_invoice(), due_date=on, sent_at=datetime(1971, 1, 1, tzinfo=UTC))
    at = overdue_from(invoice, time_zone)
    assert is_overdue(invoice, today(at, time_zone))
    assert not is_overdue(invoice, today(at - timedelta(microseconds=1), time_zone))


def test_an_invoice_issued_after_its_due_date_is_overdue_since_it_was_issued() -> None:
    invoice = due(on=NOW.date() - timedelta(days=9))
    assert (invoice.status, invoice.next_overdue_at) == (Status.SENT, NOW)
    assert is_overdue(invoice, NOW.date())


def test_what_is_no_longer_open_waits_for_nothing() -> None:
    waiting = due()
    overdue = became_overdue(waiting, AFTER, AFTER)
    for invoice in (waiting, overdue):
        for closed in (
            pay(invoice, part(100000), AFTER),
            write_off(invoice, None, DUE, AFTER),
            void(invoice, None, AFTER),
        ):
            assert (closed.next_overdue_at, closed.overdue_at, due_work_of(closed)) == (None, None, None)
            assert not is_overdue(closed, date.max)
    assert due_work_of(an_invoice()) is None


def test_a_part_payment_and_a_view_leave_the_instant_and_the_state() -> None:
    partly = pay(due(), part(40000), NOW)
    assert (partly.status, partly.next_overdue_at) == (Status.PARTIALLY_PAID, AFTER)
    late = became_overdue(partly, AFTER, AFTER)
    assert (late.status, late.overdue_at, late.next_overdue_at) == (Status.PARTIALLY_PAID, AFTER, None)
    viewed = mark_viewed(became_overdue(due(), AFTER, AFTER), AFTER)
    assert viewed is not None
    assert (viewed.status, viewed.overdue_at) == (Status.OVERDUE, AFTER)
    given_back = apply_refund(late, "pay_1", 40000, PARIS, AFTER + timedelta(days=3))
    assert (given_back.status, given_back.overdue_at) == (Status.OVERDUE, AFTER), "it was overdue all the time"


def test_due_again_after_its_due_date_it_is_overdue_from_then_on() -> None:
    later = AFTER + timedelta(days=10)
    refunded = apply_refund(pay(due(), part(100000), NOW), "pay_1", 1, PARIS, later)
    assert (refunded.status, refunded.overdue_at) == (Status.PARTIALLY_PAID, later)
    undone = undo_write_off(write_off(due(), None, DUE, NOW), PARIS, later)
    assert (undone.status, undone.overdue_at, undone.next_overdue_at) == (Status.OVERDUE, later, None)


def test_due_again_before_its_due_date_it_waits_in_the_time_zone_of_the_account_now() -> None:
    undone = undo_write_off(write_off(due(), None, NOW.date(), NOW), "Asia/Tokyo", NOW)
    assert (undone.status, undone.next_overdue_at) == (Status.SENT, datetime(2026, 12, 9, 15, tzinfo=UTC))


def test_more_due_before_the_tick_came_it_is_overdue_since_its_due_date() -> None:
    partly = pay(due(), part(40000), NOW)
    refunded = apply_refund(partly, "pay_1", 40000, PARIS, AFTER + timedelta(minutes=2))
    assert (refunded.status, refunded.overdue_at) == (Status.OVERDUE, AFTER)


def test_another_time_zone_moves_what_is_to_come() -> None:
    moved = in_time_zone(due(), "Asia/Tokyo")
    assert moved.next_overdue_at == datetime(2026, 12, 9, 15, tzinfo=UTC)
    assert in_time_zone(moved, PARIS) == due()


def test_another_time_zone_leaves_what_has_happened() -> None:
    overdue = became_overdue(due("Asia/Tokyo"), AFTER - timedelta(hours=8), AFTER - timedelta(hours=8))
    moved = in_time_zone(overdue, "America/Los_Angeles")
    assert moved == overdue
    assert is_overdue(moved, DUE), "although its due date has not passed there"
    assert awaiting_overdue(moved, "America/Los_Angeles") == overdue


def test_another_time_zone_moves_a_send_at_a_civil_time_only() -> None:
    civil = replace(an_invoice(), scheduled_send=send_at("2027-03-28T02:30"))
    moved = in_time_zone(civil, "Europe/Berlin").scheduled_send
    assert moved == send_at("2027-03-28T02:30", datetime(2027, 3, 28, 1, 30, tzinfo=UTC))
    for other in (send_at(None), None):
        invoice = replace(an_invoice(), scheduled_send=other)
        assert in_time_zone(invoice, "Europe/Berlin") == invoice


@pytest.mark.parametrize("status", [Status.DRAFT, Status.PAID, Status.CANCELLED])
def test_what_cannot_become_overdue_does_not_wait_for_it(status: Status) -> None:
    invoice = an_invoice(status=status)
    assert awaiting_overdue(replace(invoice, next_overdue_at=AFTER), PARIS) == invoice
