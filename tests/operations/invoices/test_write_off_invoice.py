"""Writing off an invoice."""

from datetime import date, timedelta

import pytest

from invoicing.domain.errors import Conflict, NotFound, PreconditionFailed, ValidationFailed
from invoicing.domain.invoices.invoice import Invoice, Status
from invoicing.domain.invoices.lifecycle import is_overdue
from invoicing.domain.ledger.entry import LedgerEntry, Movement
from tests.builders import NOW, an_account, an_invoice, an_issued_invoice
from tests.fakes import FakeLedger, FakeStore
from tests.office import Office
from tests.operations.settling import assert_books_add_up, keep_booked, lose, pay, undo

OWING = [Status.SENT, Status.VIEWED, Status.OVERDUE]


@pytest.mark.parametrize("status", OWING)
def test_nothing_is_due_any_more_and_nothing_was_paid(office: Office, store: FakeStore, status: Status) -> None:
    before = keep_booked(store, status=status)
    office.now = NOW + timedelta(days=60)
    invoice = lose(office, "Insolvent")
    assert (invoice.status, invoice.amount_due, invoice.amount_paid, invoice.payments) == (Status.PAID, 0, 0, ())
    assert (invoice.amount_written_off, invoice.written_off_at, invoice.write_off_reason) == (
        183600, office.now, "Insolvent",
    )  # fmt: skip
    assert (invoice.paid_date, invoice.voided_at) == (None, None)
    assert (invoice.version, invoice.revision) == (before.version + 1, before.revision)
    assert (store.reads, store.commits) == (1, 1)


def test_of_an_invoice_paid_in_part_the_rest_is_lost(office: Office, store: FakeStore) -> None:
    keep_booked(store)
    pay(office, "1000")
    invoice = lose(office)
    assert (invoice.amount_paid, invoice.amount_written_off, invoice.amount_due) == (100000, 83600, 0)
    assert_books_add_up(store)


def test_a_part_is_lost_and_the_rest_stays_due(office: Office, store: FakeStore) -> None:
    keep_booked(store)
    pay(office, "1000")
    part = lose(office, "Bank fee", amount="36")
    assert (part.status, part.amount_due, part.amount_written_off) == (Status.PARTIALLY_PAID, 80000, 3600)
    assert (part.write_off_reason, part.written_off_at) == ("Bank fee", NOW)
    with pytest.raises(ValidationFailed) as refused:
        lose(office, amount="800.01")
    assert refused.value.code == "AMOUNT_EXCEEDS_DUE"
    with pytest.raises(ValidationFailed) as invalid:
        lose(office, amount="0.001")
    assert invalid.value.details[0].code == "AMOUNT_INVALID"
    pay(office, "500")
    rest = lose(office, "Insolvent")
    assert (rest.status, rest.amount_due, rest.amount_written_off) == (Status.PAID, 0, 33600)
    movements = [entry.amount for entry in store.all(LedgerEntry) if entry.movement is Movement.WRITE_OFF]
    assert sorted(movements) == [-30000, -3600]
    assert_books_add_up(store)
    assert undo(office).amount_due == 33600
    assert_books_add_up(store)


def test_of_two_parts_at_once_no_more_is_lost_than_is_due(office: Office, store: FakeStore) -> None:
    keep_booked(store)
    store.before_next_commit(lambda: lose(Office(store, ids=office.ids), amount="1000"))
    with pytest.raises(ValidationFailed, match=r"at most the amount due, 836\.00 USD"):
        lose(office, amount="1000")
    assert_books_add_up(store)


def test_the_ledger_says_what_was_lost_and_when(office: Office, store: FakeStore) -> None:
    store.keep(an_account(time_zone="Asia/Tokyo"))
    keep_booked(store)
    office.now = NOW + timedelta(hours=6)
    lose(office)
    (entry,) = (entry for entry in store.all(LedgerEntry) if entry.movement is Movement.WRITE_OFF)
    assert (entry.amount, entry.credit, entry.date) == (-183600, 0, date(2026, 11, 23))
    assert (entry.document, entry.invoice_id, entry.customer_id) == ("INV-2026-001", "inv_1", "cust_123")
    assert_books_add_up(store)


def test_it_is_told_as_a_change_and_never_as_paid(office: Office, store: FakeStore) -> None:
    keep_booked(store)
    lose(office, "Insolvent")
    assert store.event_types() == ["invoice.written_off"]
    (event,) = store.events.values()
    assert event.data["changed"] == [
        "amount_due", "amount_written_off", "status", "write_off_date", "write_off_reason", "written_off_at",
    ]  # fmt: skip


def test_nobody_is_asked_for_it_any_more(office: Office, store: FakeStore) -> None:
    keep_booked(store, due_date=date(2026, 1, 1), status=Status.OVERDUE)
    invoice = lose(office)
    assert not is_overdue(invoice, date(2027, 1, 1))
    assert not list(FakeLedger(store).due_first(office.account, "cust_123", "USD", 31))


@pytest.mark.parametrize("status", [Status.PAID, Status.CANCELLED])
def test_what_is_not_owed_cannot_be_lost(office: Office, store: FakeStore, status: Status) -> None:
    store.keep(an_issued_invoice(status=status))
    with pytest.raises(Conflict) as refused:
        lose(office)
    assert (refused.value.code, refused.value.extra["status"]) == ("INVALID_INVOICE_STATE", str(status))
    assert store.commits == 0


def test_a_draft_cannot_be_written_off(office: Office, store: FakeStore) -> None:
    store.keep(an_invoice())
    with pytest.raises(Conflict):
        lose(office)


def test_a_payment_that_comes_in_between_is_counted(office: Office, store: FakeStore) -> None:
    keep_booked(store)
    other = Office(store, ids=office.ids)
    store.before_next_commit(lambda: pay(other, "36"))
    assert lose(office).amount_written_off == 180000
    assert_books_add_up(store)


def test_of_two_at_once_one_is_told_that_it_is_done(office: Office, store: FakeStore) -> None:
    keep_booked(store)
    other = Office(store, ids=office.ids)
    store.before_next_commit(lambda: lose(other, "first"))
    with pytest.raises(Conflict):
        lose(office, "second")
    assert [invoice.write_off_reason for invoice in store.all(Invoice)] == ["first"]
    assert_books_add_up(store)


def test_a_client_that_read_another_version_is_refused(office: Office, store: FakeStore) -> None:
    keep_booked(store, version=3)
    with pytest.raises(PreconditionFailed):
        lose(office, if_version=2)
    assert lose(office, if_version=3).version == 4


def test_an_unknown_invoice_is_not_found(office: Office, store: FakeStore) -> None:
    store.keep(an_account(account="acc_2"), an_issued_invoice(account="acc_2", id="inv_2"))
    for unknown in ("inv_404", "inv_2"):
        with pytest.raises(NotFound):
            lose(office, invoice_id=unknown)
