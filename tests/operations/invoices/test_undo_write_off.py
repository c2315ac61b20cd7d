"""Undoing a write-off."""

from dataclasses import replace
from datetime import date

import pytest

from invoicing.domain.errors import Conflict, NotFound, PreconditionFailed
from invoicing.domain.invoices.invoice import Status
from invoicing.domain.ledger.entry import LedgerEntry, Movement
from tests.builders import NOW, an_issued_invoice
from tests.fakes import FakeLedger, FakeStore
from tests.office import Office
from tests.operations.settling import an_entry, assert_books_add_up, keep_booked, lose, pay, undo


@pytest.mark.parametrize(
    ("due", "viewed", "status"),
    [
        (date(2027, 1, 1), False, Status.SENT),
        (date(2027, 1, 1), True, Status.VIEWED),
        (date(2026, 1, 1), True, Status.OVERDUE),
    ],
)
def test_it_is_as_if_it_had_never_been_lost(
    office: Office, store: FakeStore, due: date, viewed: bool, status: Status
) -> None:
    keep_booked(store, due_date=due, viewed_at=NOW if viewed else None)
    lose(office, "Insolvent")
    invoice = undo(office)
    assert (invoice.status, invoice.amount_due) == (status, 183600)
    assert (invoice.amount_written_off, invoice.written_off_at, invoice.write_off_reason) == (0, None, None)
    assert [item.amount_due for item in FakeLedger(store).due_first(office.account, "cust_123", "USD", 31)] == [183600]
    assert_books_add_up(store)


def test_what_was_paid_of_it_stays_paid(office: Office, store: FakeStore) -> None:
    keep_booked(store, due_date=date(2026, 1, 1))
    pay(office, "36")
    lose(office)
    invoice = undo(office)
    assert (invoice.status, invoice.amount_paid, invoice.amount_due) == (Status.PARTIALLY_PAID, 3600, 180000)
    assert_books_add_up(store)


def test_the_ledger_shows_both(office: Office, store: FakeStore) -> None:
    keep_booked(store)
    lose(office)
    undo(office)
    assert [(entry.movement, entry.amount) for entry in store.all(LedgerEntry)][:2] == [
        (Movement.WRITE_OFF, -183600), (Movement.WRITE_OFF_UNDONE, 183600),
    ]  # fmt: skip
    assert store.event_types() == ["invoice.written_off", "invoice.updated"]


def test_it_may_be_lost_again_and_paid_after_all(office: Office, store: FakeStore) -> None:
    keep_booked(store)
    for _ in range(2):
        lose(office)
        undo(office)
    pay(office, "1836")
    assert store.event_types()[-3:] == ["invoice.paid", "payment.created", "payment.succeeded"]
    assert_books_add_up(store)


def test_what_is_due_again_since_a_payment_went_back_is_lost_too_and_undone_with_the_rest(
    office: Office, store: FakeStore
) -> None:
    keep_booked(store)
    pay(office, "1000")
    lost = lose(office)
    returned = replace(lost, version=lost.version + 1, status=Status.SENT, amount_paid=0, paid_date=None)
    store.keep(returned, an_entry(id="ent_refund", movement="refund", amount=100000))
    assert lose(office).amount_written_off == 183600
    assert_books_add_up(store)
    undo(office)
    assert_books_add_up(store)
    store.keep(replace(returned, version=9))
    assert undo(office).amount_due == 183600


@pytest.mark.parametrize("status", [Status.SENT, Status.PARTIALLY_PAID, Status.PAID, Status.CANCELLED])
def test_there_is_nothing_to_undo(office: Office, store: FakeStore, status: Status) -> None:
    store.keep(an_issued_invoice(status=status))
    with pytest.raises(Conflict, match="undo the write-off of") as refused:
        undo(office)
    assert "undo_write_off" not in refused.value.extra["possible_actions"]


def test_of_two_at_once_one_is_told_that_it_is_done(office: Office, store: FakeStore) -> None:
    keep_booked(store)
    lose(office)
    other = Office(store, ids=office.ids)
    store.before_next_commit(lambda: undo(other))
    with pytest.raises(Conflict):
        undo(office)
    assert_books_add_up(store)


def test_a_client_that_read_another_version_is_refused(office: Office, store: FakeStore) -> None:
    keep_booked(store, version=3)
    lose(office)
    with pytest.raises(PreconditionFailed):
        undo(office, if_version=3)
    assert undo(office, if_version=4).version == 5


def test_an_unknown_invoice_is_not_found(office: Office) -> None:
    with pytest.raises(NotFound):
        undo(office, "inv_404")
