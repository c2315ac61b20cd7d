"""Schedules after an outage, and schedules whose invoices cannot be made: dates are made up for, wait, or are told."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from invoicing.domain.deliveries.delivery import Delivery
from invoicing.domain.invoices.drafting import NewInvoice
from invoicing.domain.ledger.entry import LedgerEntry
from invoicing.domain.recurring.recurring_invoice import RecurringInvoice
from tests.builders import a_customer, a_line
from tests.domain.recurring.plans import a_content, at
from tests.fakes import FakeStore
from tests.office import Office
from tests.operations.recurring.recurring_office import (
    BERLIN,
    dates,
    invoices,
    keep,
    numbers,
    run,
    stored,
    told,
)

BROKEN = NewInvoice(customer_id="cust_123", lines=(a_line(description="Hosting {{ moonth }}"),))


@pytest.fixture
def store() -> FakeStore:
    store = FakeStore()
    store.keep(BERLIN, a_customer(has_invoices=True))
    return store


class TestOutage:
    @pytest.mark.parametrize(
        ("catch_up", "expected", "skips"),
        [
            ("all", ["2027-02-01", "2027-03-01", "2027-04-01"], []),
            ("latest", ["2027-04-01"], [("2027-02-01", "2027-03-01", 2)]),
            ("none", [], [("2027-02-01", "2027-04-01", 3)]),
        ],
    )
    def test_three_periods_are_made_up_for_as_the_schedule_says(
        self, office: Office, store: FakeStore, catch_up: Any, expected: list[str], skips: list[Any]
    ) -> None:
        keep(store, catch_up=catch_up, content=a_content(payment_terms="Net 14"))
        run(office, store, "2027-01-01T08:00:00Z")
        for _ in range(3):
            run(office, store, "2027-04-10T08:00:00Z")
        assert dates(store) == ["2027-01-01", *expected]
        assert numbers(store) == [f"INV-2027-{number:03}" for number in range(1, len(expected) + 2)]
        assert stored(store).next_billing_date == date(2027, 5, 1)
        found = [event.data for event in told(store, "skipped")]
        assert [(each["first_skipped"], each["last_skipped"], each["dates_skipped"]) for each in found] == skips
        assert {each["reason"] for each in found} <= {"catch_up"}
        late = invoices(store)[1:]
        assert {(each.issue_date, each.due_date) for each in late} <= {(date(2027, 4, 10), date(2027, 4, 24))}

    def test_what_is_made_late_can_keep_its_date(self, office: Office, store: FakeStore) -> None:
        keep(store, catch_up_dates="occurrence", content=a_content(payment_terms="Net 14"))
        run(office, store, "2027-03-10T09:00:00Z")
        assert [(each.issue_date, each.due_date) for each in invoices(store)] == [
            (date(2027, month, 1), date(2027, 3, 24)) for month in (1, 2, 3)
        ]

    def test_a_long_time_is_made_up_for_in_bursts(self, office: Office, store: FakeStore) -> None:
        keep(store, "daily", "2027-01-01")
        begin = at("2027-04-01T12:00:00Z")
        made = [run(office, store, begin + timedelta(minutes=5 * number)) for number in range(6)]
        assert made == [24, 24, 24, 19, 0, 0]
        assert dates(store) == sorted(dates(store))
        assert numbers(store) == sorted(numbers(store))

    def test_fifty_ticks_at_once_are_one_burst(self, office: Office, store: FakeStore) -> None:
        keep(store, "daily", "2027-01-01")
        assert sum(run(office, store, "2027-04-01T12:00:00Z") for _ in range(50)) == 24


class TestFailure:
    def test_it_is_told_once_and_later_dates_wait_until_it_is_mended(self, office: Office, store: FakeStore) -> None:
        store.keep(replace(keep(store), content=BROKEN))
        begin = at("2027-01-01T08:00:00Z")
        for hour in range(24 * 40):
            run(office, store, begin + timedelta(hours=hour))
        assert (invoices(store), len(told(store, "generation_failed"))) == ([], 1)
        schedule = stored(store)
        assert schedule.last_error is not None
        assert (schedule.last_error.occurrence_date, schedule.next_billing_date) == (date(2027, 1, 1),) * 2
        assert told(store, "generation_failed")[0].data["error"]["code"] == schedule.last_error.code
        assert schedule.attempts < 60, "it backs off"
        store.keep(
            replace(schedule, version=schedule.version + 1, content=a_content(), held_until=None, next_at=office.now)
        )
        run(office, store, office.now)
        assert dates(store) == ["2027-01-01", "2027-02-01"]
        assert numbers(store) == ["INV-2027-001", "INV-2027-002"]
        assert stored(store).last_error is None

    def test_a_locked_period_leaves_no_trace_of_an_invoice(self, office: Office, store: FakeStore) -> None:
        store.keep(replace(BERLIN, version=2, books_locked_until=date(2027, 6, 30)))
        keep(store)
        run(office, store, "2027-01-01T08:00:00Z")
        assert (invoices(store), store.all(LedgerEntry), store.all(Delivery)) == ([], [], [])
        assert store.event_types() == ["recurring_invoice.generation_failed"]
        (event,) = told(store, "generation_failed")
        assert event.data["error"]["code"] == "PERIOD_LOCKED"

    def test_one_broken_schedule_of_100_stops_no_other(self, office: Office, store: FakeStore) -> None:
        for number in range(100):
            schedule = keep(store, id=f"rec_{number:03}")
            store.keep(replace(schedule, content=BROKEN) if number == 7 else schedule)
        run(office, store, "2027-01-01T08:00:00Z")
        assert {event.data["id"] for event in told(store, "invoice_generated")} == {
            f"rec_{number:03}" for number in range(100) if number != 7
        }
        assert [event.resource_id for event in told(store, "generation_failed")] == ["rec_007"]
        assert sorted(numbers(store)) == [f"INV-2027-{number:03}" for number in range(1, 100)]


def test_every_date_of_years_without_ticks_is_told_once(office: Office, store: FakeStore) -> None:
    schedule: RecurringInvoice = keep(store, "daily", "2027-01-01", catch_up="none")
    run(office, store, "2037-01-01T12:00:00Z")
    (event,) = told(store, "skipped")
    assert event.data["dates_skipped"] == (date(2037, 1, 1) - schedule.start_date).days + 1
    assert store.commits == 1
