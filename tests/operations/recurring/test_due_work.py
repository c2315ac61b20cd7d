"""What ticks make of schedules: each date one invoice, treated as the schedule says, or a reason."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from invoicing.domain.deliveries.delivery import Delivery, DeliveryStatus
from invoicing.domain.invoices.invoice import Status
from invoicing.domain.invoices.page_link import PageLink
from invoicing.domain.invoices.service_period import ServicePeriod
from invoicing.domain.ledger.entry import LedgerEntry
from invoicing.domain.parties.customer import Customer
from invoicing.domain.recurring.identity import invoice_id_of
from invoicing.domain.recurring.lifecycle import pause, resume, skip
from invoicing.domain.recurring.recurring_invoice import Pause, RecurringInvoice, RecurringStatus
from invoicing.operations.account.update_account import update_account
from tests.builders import PAGE_URL, a_customer, an_account
from tests.domain.recurring.plans import a_content, at
from tests.fakes import Crash, FakeStore
from tests.office import Office
from tests.operations.recurring.recurring_office import (
    BERLIN,
    dates,
    invoices,
    keep,
    run,
    stored,
    told,
)
from tests.sending import suppress


@pytest.fixture
def store() -> FakeStore:
    store = FakeStore()
    store.keep(BERLIN, a_customer(has_invoices=True))
    return store


class TestOneDate:
    def test_it_is_issued_booked_mailed_and_moved_on_in_one_commit(self, office: Office, store: FakeStore) -> None:
        keep(store, content=a_content(payment_terms="Net 14"))
        assert run(office, store, "2027-01-01T07:59:59Z") == 0
        assert run(office, store, "2027-01-01T08:00:00Z") == 1
        assert store.commits == 1
        (invoice,) = invoices(store)
        assert (invoice.id, invoice.recurring_id) == (invoice_id_of("rec_1", date(2027, 1, 1)), "rec_1")
        assert (invoice.status, invoice.number) == (Status.SENT, "INV-2027-001")
        assert (invoice.issue_date, invoice.due_date) == (date(2027, 1, 1), date(2027, 1, 15))
        assert invoice.service_period == ServicePeriod(date(2027, 1, 1), date(2027, 1, 31))
        (delivery,) = store.all(Delivery)
        assert delivery.status is DeliveryStatus.QUEUED
        assert delivery.hosted_url == f"{PAGE_URL}/{invoice.page_token}"
        assert [entry.amount for entry in store.all(LedgerEntry)] == [invoice.total]
        assert store.event_types() == ["invoice.created", "invoice.sent", "recurring_invoice.invoice_generated"]
        schedule = stored(store)
        assert (schedule.version, schedule.next_billing_date, schedule.invoices_generated) == (2, date(2027, 2, 1), 1)
        (event,) = told(store, "invoice_generated")
        assert event.data["invoice_number"] == "INV-2027-001"
        assert (event.data["occurrence_date"], event.data["invoice_id"]) == ("2027-01-01", invoice.id)
        assert {each.data["recurring_id"] for each in store.events.values() if each.resource_id == invoice.id} == {
            "rec_1"
        }

    @pytest.mark.parametrize(
        ("on_generate", "status", "made"),
        [("draft", Status.DRAFT, (0, 0)), ("issue", Status.SENT, (0, 1)), ("send", Status.SENT, (1, 1))],
    )
    def test_it_is_treated_as_the_schedule_says(
        self, office: Office, store: FakeStore, on_generate: Any, status: Status, made: tuple[int, int]
    ) -> None:
        keep(store, on_generate=on_generate)
        run(office, store, "2027-01-01T08:00:00Z")
        assert [invoice.status for invoice in invoices(store)] == [status]
        assert (len(store.all(Delivery)), len(store.all(PageLink))) == made

    def test_a_draft_has_a_number_only_where_drafts_have_one(self, office: Office, store: FakeStore) -> None:
        keep(store, on_generate="draft")
        run(office, store, "2027-01-01T08:00:00Z")
        assert [invoice.number for invoice in invoices(store)] == [None]
        store.keep(replace(BERLIN, version=2, number_assign_on="create"))
        run(office, store, "2027-02-01T08:00:00Z")
        assert [invoice.number for invoice in invoices(store)] == [None, "INV-2027-001"]

    @pytest.mark.parametrize("failure", ["no_email", "suppressed"])
    def test_who_cannot_be_reached_is_invoiced_all_the_same(
        self, office: Office, store: FakeStore, failure: str
    ) -> None:
        customer = a_customer(has_invoices=True, email=None if failure == "no_email" else "ap@initech.example")
        store.keep(customer)
        suppress(store, "ap@initech.example")
        keep(store)
        run(office, store, "2027-01-01T08:00:00Z")
        assert [invoice.status for invoice in invoices(store)] == [Status.SENT]
        assert [(each.status, each.failure) for each in store.all(Delivery)] == [(DeliveryStatus.FAILED, failure)]
        assert stored(store).last_error is None

    def test_the_first_invoice_of_a_customer_keeps_it_from_being_removed(
        self, office: Office, store: FakeStore
    ) -> None:
        store.keep(a_customer(has_invoices=False))
        keep(store)
        run(office, store, "2027-01-01T08:00:00Z")
        assert [customer.has_invoices for customer in store.all(Customer)] == [True]

    def test_the_last_one_completes_the_schedule(self, office: Office, store: FakeStore) -> None:
        keep(store, max_occurrences=2)
        for _ in range(3):
            run(office, store, "2027-06-01T08:00:00Z")
        assert dates(store) == ["2027-01-01", "2027-02-01"]
        schedule = stored(store)
        assert (schedule.status, schedule.next_billing_date, schedule.next_at) == (
            RecurringStatus.COMPLETED,
            None,
            None,
        )
        assert len(told(store, "completed")) == 1


class TestOnce:
    def test_many_ticks_late_or_often_make_one(self, office: Office, store: FakeStore) -> None:
        keep(store)
        begin = at("2027-01-15T12:00:00Z")
        assert sum(run(office, store, begin + timedelta(minutes=minute)) for minute in range(0, 1440, 3)) == 1
        assert dates(store) == ["2027-01-01"]

    @pytest.mark.parametrize("written", [False, True])
    @pytest.mark.parametrize("on_generate", ["draft", "issue", "send"])
    def test_a_tick_that_dies_is_made_up_for_once(
        self, office: Office, store: FakeStore, on_generate: Any, *, written: bool
    ) -> None:
        keep(store, on_generate=on_generate)
        commit = store.commit

        def die(*given: Any) -> None:
            if written:
                commit(*given)
            raise Crash

        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(store, "commit", die)
            with pytest.raises(Crash):
                run(office, store, "2027-01-01T08:00:00Z")
        assert len(invoices(store)) == written
        assert run(office, store, "2027-01-01T08:05:00Z") == (0 if written else 1)
        assert (len(invoices(store)), len(dates(store))) == (1, 1)

    @pytest.mark.parametrize("act", ["pause", "skip"])
    def test_what_somebody_does_in_between_counts(self, office: Office, store: FakeStore, act: str) -> None:
        """A pause at the instant of a date comes after it; a skip of it before."""
        schedule = keep(store)
        after = {
            "pause": lambda: pause(schedule, at("2027-01-01T07:59:59Z")),
            "skip": lambda: skip(schedule, BERLIN, at("2027-01-01T08:00:00Z"))[0],
        }[act]()
        store.before_next_commit(lambda: store.keep(after))
        run(office, store, "2027-01-01T08:00:00Z")
        assert invoices(store) == []

    def test_a_customer_that_is_archived_in_between_is_still_invoiced_for_what_was_due(
        self, office: Office, store: FakeStore
    ) -> None:
        keep(store)
        archived = a_customer(has_invoices=True).archived(at("2027-01-01T08:01:00Z"))
        store.before_next_commit(lambda: store.keep(archived))
        run(office, store, "2027-01-01T08:02:00Z")
        assert dates(store) == ["2027-01-01"]

    def test_an_account_that_moved_west_meanwhile_waits(self, office: Office, store: FakeStore) -> None:
        keep(store)
        store.keep(an_account(version=2, time_zone="America/New_York"))
        assert run(office, store, "2027-01-01T08:00:00Z") == 1
        assert (invoices(store), stored(store).next_at) == ([], at("2027-01-01T14:00:00Z"))
        run(office, store, "2027-01-01T14:00:00Z")
        assert dates(store) == ["2027-01-01"]

    @pytest.mark.parametrize("catch_up", ["all", "none"])
    def test_an_account_that_moved_east_is_on_time_there(self, office: Office, store: FakeStore, catch_up: Any) -> None:
        """What comes earlier than it was planned is not missed."""
        keep(store, catch_up=catch_up)
        keep(store, id="rec_2", catch_up=catch_up, end_date="2026-12-31", start="2026-12-01")
        office.now = at("2026-12-20T12:00:00Z")
        office.run_use_case(lambda uow: update_account(uow, {"time_zone": "Asia/Tokyo"}))
        run(office, store, "2026-12-20T12:00:00Z")
        assert {each.next_at for each in store.all(RecurringInvoice) if each.id == "rec_1"} == {
            at("2027-01-01T00:00:00Z")
        }
        run(office, store, "2026-12-20T12:05:00Z")
        run(office, store, "2027-01-01T00:00:00Z")
        assert [each.issue_date for each in invoices(store) if each.recurring_id == "rec_1"] == [date(2027, 1, 1)]


class TestPauses:
    def test_dates_of_a_pause_are_skipped_each_with_a_reason(self, office: Office, store: FakeStore) -> None:
        schedule = keep(store)
        store.keep(pause(schedule, at("2027-01-15T00:00:00Z")))
        store.keep(pause(schedule, at("2027-01-01T08:00:00Z")))
        for month in range(1, 5):
            run(office, store, f"2027-{month:02}-01T08:00:00Z")
        assert dates(store) == ["2027-01-01"], "it was due before the pause"
        assert [event.data["reason"] for event in told(store, "skipped")] == ["paused"] * 3
        resumed, passed = resume(stored(store), BERLIN, at("2027-04-20T00:00:00Z"))
        assert passed == ()
        store.keep(resumed)
        run(office, store, "2027-05-01T07:00:00Z")
        assert dates(store) == ["2027-01-01", "2027-05-01"]

    def test_a_pause_for_a_customer_that_is_back_stays_over(self, office: Office, store: FakeStore) -> None:
        """Nothing ran meanwhile: its dates are still skipped, and the schedule goes on."""
        away = Pause(at("2026-12-15T00:00:00Z"), at("2027-01-15T00:00:00Z"), "customer_archived")
        store.keep(replace(keep(store), pauses=(away,)))
        run(office, store, "2027-02-01T08:00:00Z")
        assert dates(store) == ["2027-02-01"]
        assert (stored(store).status, told(store, "paused")) == (RecurringStatus.ACTIVE, [])
        assert [event.data["reason"] for event in told(store, "skipped")] == ["customer_archived"]

    def test_the_dates_of_an_archived_customer_are_skipped_also_after_it_is_restored(
        self, office: Office, store: FakeStore
    ) -> None:
        keep(store)
        for month in (1, 2):
            run(office, store, f"2027-{month:02}-01T08:00:00Z")
        archived = a_customer(has_invoices=True).archived(at("2027-02-10T00:00:00Z"))
        store.keep(archived)
        for month in range(3, 7):
            run(office, store, f"2027-{month:02}-01T08:00:00Z")
        schedule = stored(store)
        assert (schedule.status, schedule.pause_reason) == (RecurringStatus.PAUSED, "customer_archived")
        assert schedule.paused_at == at("2027-02-10T00:00:00Z")
        assert len(told(store, "paused")) == 1
        store.keep(replace(archived, version=3, archived_at=None))
        run(office, store, "2027-07-01T07:00:00Z")
        assert dates(store) == ["2027-01-01", "2027-02-01"], "restoring does not resume"
        found = [(event.data["first_skipped"], event.data["reason"]) for event in told(store, "skipped")]
        assert [day for day, _ in found] == [f"2027-{month:02}-01" for month in range(3, 8)]
        assert {reason for _, reason in found} == {"customer_archived"}
