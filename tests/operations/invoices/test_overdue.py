"""Invoices become overdue: by ticks, at once when they are due again, and each time once."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invoicing.domain.calendar import instant_text, today
from invoicing.domain.due_work import Work
from invoicing.domain.invoices.invoice import OPEN_STATUSES, Invoice, Status
from invoicing.domain.invoices.lifecycle import is_overdue
from invoicing.domain.parties.account import Account
from invoicing.domain.parties.time_zone_change import TimeZoneChange
from invoicing.domain.payments.payment import Payment, PaymentStatus
from invoicing.operations.account.update_account import update_account
from invoicing.operations.invoices.undo_write_off import undo_write_off
from invoicing.operations.invoices.void_invoice import void_invoice
from invoicing.operations.invoices.write_off_invoice import write_off_invoice
from invoicing.operations.payments.refund_payment import NewRefund, refund_payment
from invoicing.operations.payments.reverse_payment import reverse_payment
from tests.books import current, issue, ledger_of, pay
from tests.builders import NOW, a_customer, an_account
from tests.fakes import FakeStore
from tests.office import Office
from tests.ticking import entries, overdue_events, tick

DUE = date(2026, 12, 9)
AFTER = datetime(2026, 12, 9, 23, tzinfo=UTC)
"""The first instant after the due date in Paris."""


@pytest.fixture
def store() -> FakeStore:
    store = FakeStore()
    store.keep(an_account(time_zone="Europe/Paris"), a_customer())
    return store


@pytest.fixture
def invoice(office: Office) -> Invoice:
    return issue(office, "1000", due_date=DUE)


def state(store: FakeStore, invoice: Invoice) -> tuple[Status, bool]:
    found = current(store, invoice)
    return found.status, found.overdue_at is not None


def reverse(office: Office, payment: Payment) -> Payment:
    return office.run_use_case(lambda uow: reverse_payment(uow, payment.id, "Bounced", ledger_of(office)))


def test_the_tick_after_the_due_date_makes_it_overdue_once(office: Office, store: FakeStore, invoice: Invoice) -> None:
    office.now = AFTER - timedelta(seconds=1)
    assert tick(office, store) == []
    office.now = AFTER + timedelta(minutes=4)
    assert tick(office, store) == [Work.OVERDUE]
    assert all(tick(office, store) == [] for _ in range(50))
    assert state(store, invoice) == (Status.OVERDUE, True)
    (event,) = overdue_events(store)
    assert (event.data["status"], event.data["overdue_at"]) == ("overdue", instant_text(AFTER)), "not when it was found"
    assert (event.sequence, event.resource_id) == (current(store, invoice).sequence, invoice.id)


def test_a_part_paid_one_keeps_its_status_and_has_one_event(office: Office, store: FakeStore, invoice: Invoice) -> None:
    pay(office, invoice, "400")
    office.now = AFTER
    assert tick(office, store) == [Work.OVERDUE]
    pay(office, invoice, "100")
    assert tick(office, store) == []
    assert state(store, invoice) == (Status.PARTIALLY_PAID, True)
    assert [event.data["status"] for event in overdue_events(store)] == ["partially_paid"]


def test_paid_before_the_tick_it_never_was_overdue(office: Office, store: FakeStore, invoice: Invoice) -> None:
    office.now = AFTER + timedelta(minutes=1)
    pay(office, invoice, "1000")
    assert tick(office, store) == []
    assert (state(store, invoice), overdue_events(store)) == ((Status.PAID, False), [])


def test_sent_after_its_due_date_it_is_overdue_with_the_next_tick_since_it_was_sent(
    office: Office, store: FakeStore
) -> None:
    invoice = issue(office, due_in=-9)
    assert is_overdue(invoice, today(NOW, "Europe/Paris"))
    assert state(store, invoice) == (Status.SENT, False)
    office.now = NOW + timedelta(minutes=5)
    assert tick(office, store) == [Work.OVERDUE]
    assert [event.data["overdue_at"] for event in overdue_events(store)] == [instant_text(NOW)]


def test_paid_and_reversed_it_becomes_overdue_a_second_time(office: Office, store: FakeStore, invoice: Invoice) -> None:
    office.now = AFTER
    tick(office, store)
    office.now = AFTER + timedelta(days=4)
    payment = pay(office, invoice, "1000")
    assert state(store, invoice) == (Status.PAID, False)
    office.now = AFTER + timedelta(days=15)
    reverse(office, payment)
    assert state(store, invoice) == (Status.OVERDUE, True)
    assert tick(office, store) == [Work.LATE_FEE], "looked at once, as it may bear late fees again"
    assert all(tick(office, store) == [] for _ in range(50))
    first, second = overdue_events(store)
    assert (first.data["overdue_at"], second.data["overdue_at"]) == (instant_text(AFTER), instant_text(office.now))
    assert (second.data["status"], second.data["amount_due"]) == ("overdue", 1000)


def _refund(office: Office, invoice: Invoice) -> Any:
    payment = pay(office, invoice, "1000")
    return lambda: office.run_use_case(lambda uow: refund_payment(uow, payment.id, NewRefund(), ledger_of(office)))


def _write_off(office: Office, invoice: Invoice) -> Any:
    office.run_use_case(lambda uow: write_off_invoice(uow, invoice.id, None))
    return lambda: office.run_use_case(lambda uow: undo_write_off(uow, invoice.id))


@pytest.mark.parametrize("settle", [_refund, _write_off])
def test_whatever_makes_it_due_again_makes_it_overdue_at_once(
    settle: Any, office: Office, store: FakeStore, invoice: Invoice
) -> None:
    reopen = settle(office, invoice)
    assert state(store, invoice) == (Status.PAID, False)
    office.now = AFTER + timedelta(days=1)
    assert tick(office, store) == []
    reopen()
    assert state(store, invoice) == (Status.OVERDUE, True)
    assert [event.data["overdue_at"] for event in overdue_events(store)] == [instant_text(office.now)]
    assert tick(office, store) == [Work.LATE_FEE]
    assert tick(office, store) == []


def test_due_again_before_its_due_date_it_waits_for_the_tick(
    office: Office, store: FakeStore, invoice: Invoice
) -> None:
    _refund(office, invoice)()
    assert (state(store, invoice), overdue_events(store)) == ((Status.SENT, False), [])
    office.now = AFTER
    assert tick(office, store) == [Work.OVERDUE]


def test_a_reversal_that_takes_the_discount_back_too_is_one_event(office: Office, store: FakeStore) -> None:
    invoice = issue(office, "1000", due_date=None, payment_terms="2/10 Net 30")
    payment = pay(office, invoice, "980")
    assert state(store, invoice) == (Status.PAID, False)
    office.now = NOW + timedelta(days=60)
    reverse(office, payment)
    assert state(store, invoice) == (Status.OVERDUE, True)
    (event,) = overdue_events(store)
    assert event.data["amount_due"] == 1000
    assert tick(office, store) == [Work.LATE_FEE]
    assert len(overdue_events(store)) == 1


def test_a_cancelled_one_waits_for_nothing(office: Office, store: FakeStore, invoice: Invoice) -> None:
    office.run_use_case(lambda uow: void_invoice(uow, invoice.id, None))
    assert entries(store) == []
    office.now = AFTER
    assert (tick(office, store), overdue_events(store)) == ([], [])


def test_what_is_due_too_early_is_put_back(office: Office, store: FakeStore, invoice: Invoice) -> None:
    """The time zone has changed, and no job has moved the invoice yet."""
    store.keep(an_account(time_zone="America/Los_Angeles", version=2))
    office.now = AFTER
    tick(office, store)
    assert (state(store, invoice), overdue_events(store)) == ((Status.SENT, False), [])
    assert current(store, invoice).next_overdue_at == datetime(2026, 12, 10, 8, tzinfo=UTC)
    office.now = datetime(2026, 12, 10, 8, tzinfo=UTC)
    assert tick(office, store) == [Work.OVERDUE]


def test_a_payment_that_comes_between_reading_and_writing_wins(
    office: Office, store: FakeStore, invoice: Invoice
) -> None:
    office.now = AFTER
    other = Office(store, now=AFTER, ids=office.ids)
    store.before_next_commit(lambda: pay(other, invoice, "1000"))
    assert tick(office, store) == []
    assert (state(store, invoice), overdue_events(store)) == ((Status.PAID, False), [])


ZONES = ["Europe/Paris", "Asia/Tokyo", "America/Los_Angeles", "Pacific/Kiritimati", "Pacific/Pago_Pago"]
STEPS = st.one_of(
    st.tuples(st.just("wait"), st.sampled_from([1, 3, 9, 24])),
    st.tuples(st.just("zone"), st.sampled_from(ZONES)),
    st.tuples(st.sampled_from(["tick", "pay", "pay part", "reverse"]), st.none()),
)


def _take(step: str, about: Any, office: Office, store: FakeStore, invoice: Invoice) -> None:
    paid = [payment for payment in store.all(Payment) if payment.status is PaymentStatus.SUCCEEDED]
    due = current(store, invoice).amount_due
    if step == "wait":
        office.now += timedelta(hours=about)
    elif step == "zone":
        office.run_use_case(lambda uow: update_account(uow, {"time_zone": about}))
    elif step == "tick":
        tick(office, store)
    elif step == "reverse" and paid:
        reverse(office, paid[-1])
    elif step == "pay" and due:
        pay(office, invoice, f"{due / 100}")
    elif step == "pay part" and due > 10000:
        pay(office, invoice, "100")


@given(st.lists(STEPS, max_size=25))
def test_in_whatever_order_ticks_payments_and_time_zones_come_each_time_has_one_event(
    steps: list[tuple[str, Any]],
) -> None:
    store = FakeStore()
    store.keep(an_account(time_zone="Europe/Paris"), a_customer())
    office = Office(store, now=AFTER - timedelta(days=1))
    invoice = issue(office, "1000", due_date=DUE, issue_date=None)
    expected = 0
    for step, about in [*steps, ("wait", 72), ("tick", None), ("tick", None)]:
        before, events = current(store, invoice), len(overdue_events(store))
        _take(step, about, office, store, invoice)
        after = current(store, invoice)
        (account,) = store.all(Account)
        turned = after.overdue_at is not None and before.overdue_at is None
        expected += turned
        assert len(overdue_events(store)) == events + turned == expected
        if turned:
            assert after.due_date < today(office.now, account.time_zone), "never before its due date has passed"
        assert after.overdue_at is None or after.status in OPEN_STATUSES
        assert (after.status is Status.OVERDUE) <= is_overdue(after, date.min)
    (account,) = store.all(Account)
    final = current(store, invoice)
    assert (final.overdue_at is not None) == (final.amount_due > 0) == is_overdue(final, today(office.now, "UTC"))
    assert store.all(TimeZoneChange) == []
