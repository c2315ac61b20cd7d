"""A new time zone of the account moves what its invoices wait for, page by page and in the background."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from invoicing.domain.due_work import Work
from invoicing.domain.invoices.invoice import Invoice, Status
from invoicing.domain.invoices.invoice_walk import SETTLED
from invoicing.domain.invoices.scheduled_send import ScheduledSend
from invoicing.domain.parties.time_zone_change import TimeZoneChange
from invoicing.operations.account.update_account import update_account
from invoicing.operations.invoices import _walk
from tests.books import current, issue
from tests.builders import PAGE_URL, a_customer, an_account, an_invoice, an_issued_invoice
from tests.fakes import FakeStore
from tests.office import Office
from tests.ticking import overdue_events, tick

DUE = date(2026, 12, 31)
MIDNIGHT = {
    "America/Los_Angeles": datetime(2027, 1, 1, 8, tzinfo=UTC),
    "Asia/Tokyo": datetime(2026, 12, 31, 15, tzinfo=UTC),
    "Europe/Paris": datetime(2026, 12, 31, 23, tzinfo=UTC),
}
"""The first instants after the due date."""


@pytest.fixture
def store() -> FakeStore:
    store = FakeStore()
    store.keep(an_account(time_zone="America/Los_Angeles"), a_customer())
    return store


def change(office: Office, time_zone: str) -> None:
    office.run_use_case(lambda uow: update_account(uow, {"time_zone": time_zone}))


def finish(office: Office, store: FakeStore) -> None:
    """Let the change end."""
    tick(office, store)
    office.now += SETTLED
    tick(office, store)
    assert store.all(TimeZoneChange) == []


def test_eastwards_an_invoice_may_be_overdue_at_once(office: Office, store: FakeStore) -> None:
    invoice = issue(office, due_date=DUE)
    office.now = datetime(2026, 12, 31, 16, tzinfo=UTC)
    change(office, "Asia/Tokyo")
    finish(office, store)
    assert current(store, invoice).status is Status.OVERDUE
    assert [event.data["overdue_at"] for event in overdue_events(store)] == ["2026-12-31T15:00:00.000Z"]


def test_westwards_what_is_overdue_stays_so_without_a_second_event(office: Office, store: FakeStore) -> None:
    store.keep(an_account(time_zone="Asia/Tokyo"))
    invoice = issue(office, due_date=DUE)
    office.now = datetime(2026, 12, 31, 15, tzinfo=UTC)
    tick(office, store)
    office.now += timedelta(minutes=30)
    change(office, "America/Los_Angeles")
    finish(office, store)
    office.now = MIDNIGHT["America/Los_Angeles"] + timedelta(days=1)
    tick(office, store)
    assert current(store, invoice).status is Status.OVERDUE
    assert len(overdue_events(store)) == 1


def test_every_open_invoice_and_every_send_at_a_civil_time_is_moved(office: Office, store: FakeStore) -> None:
    invoices = [issue(office, due_date=DUE) for _ in range(230)]
    send = ScheduledSend(at=MIDNIGHT["America/Los_Angeles"], local="2027-01-01T00:00", page_url=PAGE_URL)
    store.keep(*(an_invoice(id=f"inv_draft_{number}", scheduled_send=send) for number in range(3)))
    before = len(store.events)
    change(office, "Asia/Tokyo")
    finish(office, store)
    assert {current(store, invoice).next_overdue_at for invoice in invoices} == {MIDNIGHT["Asia/Tokyo"]}
    drafts = [each for each in store.all(Invoice) if each.scheduled_send]
    assert {draft.scheduled_send for draft in drafts} == {replace(send, at=MIDNIGHT["Asia/Tokyo"])}
    told = [event for key, event in sorted(store.events.items())][before:]
    assert [(event.type, event.data["changed"]) for event in told] == [
        ("invoice.updated", ["scheduled_send_at"])
    ] * 3, "an instant that no answer shows is no event"


def test_each_invoice_is_written_once_and_only_where_it_changes(office: Office, store: FakeStore) -> None:
    invoice = issue(office, due_date=DUE)
    paid = an_issued_invoice(id="inv_paid", status=Status.PAID)
    store.keep(paid)
    version = current(store, invoice).version
    change(office, "Asia/Tokyo")
    finish(office, store)
    assert current(store, invoice).version == version + 1
    assert current(store, paid) == paid


def test_another_change_begins_anew(office: Office, store: FakeStore) -> None:
    invoices = [issue(office, due_date=DUE) for _ in range(120)]
    change(office, "Asia/Tokyo")
    started = store.all(TimeZoneChange)
    store.keep(replace(started[0], version=2, position="somewhere"))
    change(office, "Europe/Paris")
    assert [(each.version, each.position) for each in store.all(TimeZoneChange)] == [(3, None)]
    finish(office, store)
    assert {current(store, invoice).next_overdue_at for invoice in invoices} == {MIDNIGHT["Europe/Paris"]}


def test_a_change_that_comes_while_a_page_is_walked_is_not_lost(office: Office, store: FakeStore) -> None:
    invoice = issue(office, due_date=DUE)
    other = Office(store, ids=office.ids)
    change(office, "Asia/Tokyo")
    store.before_next_commit(lambda: change(other, "Europe/Paris"))
    finish(office, store)
    assert current(store, invoice).next_overdue_at == MIDNIGHT["Europe/Paris"]


def test_what_a_request_with_the_old_time_zone_wrote_late_is_moved_too(office: Office, store: FakeStore) -> None:
    change(office, "Asia/Tokyo")
    assert tick(office, store) == [Work.CHANGE, Work.JOB]
    late = replace(issue(office, due_date=DUE), next_overdue_at=MIDNIGHT["America/Los_Angeles"])
    store.keep(late)
    assert tick(office, store) == [], "the last walk waits until no such request is under way"
    finish(office, store)
    assert current(store, late).next_overdue_at == MIDNIGHT["Asia/Tokyo"]


def test_a_long_change_goes_on_with_the_next_tick(
    office: Office, store: FakeStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_walk, "MOST_PAGES", 1)
    invoices = [issue(office, due_date=DUE + timedelta(days=number % 7)) for number in range(250)]
    change(office, "Asia/Tokyo")
    moved = []
    for _ in range(3):
        assert tick(office, store)[-1:] == [Work.JOB]
        days = [each.due_date for each in store.all(Invoice) if each.version == 2]
        moved.append((len(days), max(days)))
    assert [count for count, _ in moved] == [100, 200, 250]
    assert [last for _, last in moved] == [DUE + timedelta(days=days) for days in (2, 5, 6)], "the soonest first"
    assert all(current(store, invoice).version == invoice.version + 1 for invoice in invoices)


def test_the_same_time_zone_again_moves_nothing(office: Office, store: FakeStore) -> None:
    change(office, "America/Los_Angeles")
    office.run_use_case(lambda uow: update_account(uow, {"name": "Acme AG"}))
    assert store.all(TimeZoneChange) == []
