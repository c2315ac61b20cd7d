"""Recurring invoices under real threads, on Amazon's own DynamoDB Local: each date one invoice, whoever does what."""

from collections import Counter
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

import pytest

from invoicing.domain.due_work import DueEntry, Work
from invoicing.domain.recurring.lifecycle import pause, skip
from invoicing.domain.recurring.recurring_invoice import RecurringInvoice, RecurringStatus
from invoicing.domain.recurring.schedule_change import ScheduleChange
from invoicing.operations.customers.delete_customer import delete_customer
from invoicing.operations.customers.restore_customer import restore_customer
from invoicing.operations.lists.query import Condition, ListQuery, Sort
from invoicing.operations.reactions.run_due_work import run_due_work
from invoicing.operations.recurring._schedule_change import AT_ONCE
from invoicing.operations.unit_of_work.change_set import Ref
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork, run_use_case
from invoicing.storage.due_work import DynamoDueWork
from invoicing.storage.dynamodb.database import Database
from tests.builders import an_account
from tests.domain.recurring.plans import a_started, at
from tests.fakes import Crash
from tests.storage.conftest import ON_DYNAMODB_LOCAL
from tests.storage.due_site import DueSite, Dying
from tests.storage.listing import requests_of
from tests.storage.site import Site, at_once

TIME = at("2027-01-01T09:00:00Z")


class Schedules(DueSite):
    """Schedules of a site, and what became of them."""

    work, kind, first_id, time = Work.OCCURRENCE, "RecurringInvoice", "rec_1", TIME

    def keep(self, frequency: str = "monthly", **overrides: Any) -> RecurringInvoice:
        schedule = a_started(frequency, account=self.site.account, **overrides)
        self.site.keep(schedule)
        return schedule

    @property
    def schedule(self) -> RecurringInvoice:
        found = self.site.store.find(Ref(RecurringInvoice, self.site.account, "rec_1"))
        assert found is not None
        return found

    def dates(self) -> list[str]:
        """The dates for which invoices were made."""
        return [event.data["occurrence_date"] for event in self.events("recurring_invoice.invoice_generated")]


@pytest.fixture
def schedules(site: Site, local_tables: Database) -> Schedules:
    return Schedules(site, local_tables)


@ON_DYNAMODB_LOCAL
@pytest.mark.usefixtures("patient")
class TestAtOnce:
    def test_50_ticks_make_one_invoice(self, schedules: Schedules) -> None:
        schedules.keep()
        outcomes = at_once(50, lambda _: schedules.tick())
        assert Counter(map(str, outcomes)) == {str([Work.OCCURRENCE]): 1, "[]": 49}
        assert (schedules.dates(), len(schedules.deliveries)) == (["2027-01-01"], 1)
        assert [event.data["invoice_number"] for event in schedules.events("invoice.sent")] == ["INV-2027-001"]
        assert schedules.schedule.invoices_generated == 1

    def test_50_ticks_make_one_burst_in_order(self, schedules: Schedules) -> None:
        schedules.keep("daily")
        at_once(50, lambda _: schedules.tick(now=at("2027-02-20T12:00:00Z")))
        assert schedules.dates() == [date(2027, 1, number).isoformat() for number in range(1, 25)]
        numbers = [event.data["invoice_number"] for event in schedules.events("recurring_invoice.invoice_generated")]
        assert numbers == [f"INV-2027-{number:03}" for number in range(1, 25)]

    def test_20_schedules_that_are_due_at_one_instant_have_numbers_without_a_gap(self, schedules: Schedules) -> None:
        for number in range(20):
            schedules.keep(id=f"rec_{number}")
        at_once(40, lambda index: schedules.tick(f"rec_{index % 20}"))
        numbers = [str(event.data["invoice_number"]) for event in schedules.events("invoice.sent")]
        assert sorted(numbers) == [f"INV-2027-{number:03}" for number in range(1, 21)]

    @pytest.mark.parametrize("act", ["pause", "skip"])
    def test_while_it_is_due_a_date_is_made_or_it_is_said_why_not(self, schedules: Schedules, act: str) -> None:
        """Paused a moment before it was due, or skipped: whoever comes first decides."""
        schedules.keep()
        account = an_account(account=schedules.site.account)

        def write(uow: UnitOfWork) -> bool:
            schedule = uow.get(RecurringInvoice, "rec_1")
            if act == "pause":
                after = pause(schedule, at("2026-12-31T00:00:00Z"))
            else:
                after, _ = skip(schedule, account, TIME)
            uow.changes.save(after)
            return schedule.invoices_generated == 1

        outcomes = at_once(10, lambda index: schedules.use(write) if index == 5 else schedules.tick())
        is_made = outcomes[5]
        assert isinstance(is_made, bool)
        assert schedules.tick() == []
        assert schedules.dates() == (["2027-01-01"] if is_made else [])
        told = schedules.events("recurring_invoice.skipped")
        assert len(told) == (0 if is_made or act == "skip" else 1)
        expected = date(2027, 3, 1) if is_made and act == "skip" else date(2027, 2, 1)
        assert schedules.schedule.next_billing_date == expected

    @pytest.mark.parametrize("on_generate", ["draft", "issue", "send"])
    def test_a_worker_that_dies_at_any_call_leaves_it_to_the_next(self, schedules: Schedules, on_generate: Any) -> None:
        schedules.keep(on_generate=on_generate)
        calls = 0
        while True:
            dying = Dying(schedules.site.store, calls)
            try:
                schedules.tick(store=dying)
            except Crash:
                calls += 1
            else:
                break
        assert calls >= 5, "two reads, a write, and after each"
        assert schedules.tick() == []
        assert schedules.dates() == ["2027-01-01"]
        assert len(schedules.events("invoice.created")) == 1
        assert len(schedules.deliveries) == (on_generate == "send")


@ON_DYNAMODB_LOCAL
@pytest.mark.usefixtures("patient")
class TestArchiving:
    """A customer is archived a moment before its schedules are due."""

    count = AT_ONCE + 4

    def keep_all(self, schedules: Schedules) -> None:
        for number in range(self.count):
            schedules.keep(id=f"rec_{number}", customer_version=1)

    def archive(self, schedules: Schedules, store: Any = None) -> None:
        begun = schedules.site.at(TIME - timedelta(seconds=30), store)
        run_use_case(begun, lambda uow: delete_customer(uow, "cust_123"))

    def follow(self, schedules: Schedules, store: Any = None, now: datetime = TIME) -> None:
        entry = DueEntry(now, Work.CHANGE, "cust_123", "ScheduleChange", schedules.site.account)
        run_due_work(entry, schedules.site.at(now, store), DynamoDueWork(schedules.database))

    def assert_paused(self, schedules: Schedules) -> None:
        find, account = schedules.site.store.find, schedules.site.account
        found = [find(Ref(RecurringInvoice, account, f"rec_{number}")) for number in range(self.count)]
        assert {each and (each.status, each.pause_reason) for each in found} == {("paused", "customer_archived")}
        paused = Counter(event.resource_id for event in schedules.events("recurring_invoice.paused"))
        assert paused == Counter(each.id for each in found if each)
        assert schedules.dates() == []
        assert find(Ref(ScheduleChange, account, "cust_123")) is None

    def test_ticks_make_nothing_whatever_the_change_has_come_to(self, schedules: Schedules) -> None:
        self.keep_all(schedules)
        self.archive(schedules)
        schedules.use(lambda uow: restore_customer(uow, "cust_123"))

        def work(index: int) -> None:
            if index % 10 == 0:
                self.follow(schedules)
            else:
                schedules.tick(f"rec_{index % self.count}")

        outcomes = at_once(40, work)
        assert [each for each in outcomes if each is not None] == []
        self.follow(schedules, now=TIME + timedelta(minutes=5))
        self.assert_paused(schedules)

    def test_what_is_due_then_is_made_before_or_not_at_all(self, schedules: Schedules) -> None:
        """An archiving at the instant of the tick: each date is made, or skipped by the pause, with one event."""
        for number in range(6):
            schedules.keep("daily", id=f"rec_{number}", customer_version=1)
        late = TIME + timedelta(hours=2)

        def work(index: int) -> None:
            if index == 3:
                self.archive(schedules)
            else:
                schedules.tick(f"rec_{index % 6}", now=late)

        assert set(at_once(12, work)) == {None}
        for number in range(6):
            schedules.tick(f"rec_{number}", now=late)
        skipped = [event.resource_id for event in schedules.events("recurring_invoice.skipped")]
        made = [event.resource_id for event in schedules.events("recurring_invoice.invoice_generated")]
        assert sorted(skipped + made) == [f"rec_{number}" for number in range(6)]
        assert len(schedules.events("recurring_invoice.paused")) == 6

    def test_a_change_that_dies_at_any_call_goes_on_where_it_was(self, schedules: Schedules) -> None:
        self.keep_all(schedules)
        for act in (self.archive, self.follow, partial(self.follow, now=TIME + timedelta(minutes=5))):
            calls = 0
            while True:
                try:
                    act(schedules, store=Dying(schedules.site.store, calls))
                except Crash:
                    calls += 1
                else:
                    break
            assert calls >= 6, "reads, a page and a write, and after each"
        self.assert_paused(schedules)


@ON_DYNAMODB_LOCAL
class TestStored:
    def test_it_is_found_when_it_is_due_and_not_before(self, schedules: Schedules) -> None:
        schedules.keep()
        index = DynamoDueWork(schedules.database)

        def found(instant: str) -> list[tuple[str, str]]:
            entries = [entry for page in index.due(at(instant)) for entry in page]
            return [(entry.kind, entry.id) for entry in entries if entry.account == schedules.site.account]

        assert found("2027-01-01T08:59:59Z") == []
        assert found("2027-01-01T09:00:00Z") == [("RecurringInvoice", "rec_1")]
        schedules.tick()
        assert found("2027-01-31T09:00:00Z") == []

    def test_a_date_costs_the_same_whatever_there_is(self, schedules: Schedules) -> None:
        """The first of a schedule, and one after many, among many others."""

        def cost(instant: str) -> int:
            with requests_of(schedules.database) as sent:
                assert schedules.tick(now=at(instant)) == [Work.OCCURRENCE]
            return len(sent)

        schedules.keep("daily", catch_up="none")
        first = cost("2027-01-01T09:00:00Z")
        for number in range(40):
            schedules.keep(id=f"rec_other_{number}")
        for number in range(2, 28):
            cost(f"2027-01-{number:02}T09:00:00Z")
        assert cost("2027-01-28T09:00:00Z") == first <= 4

    def test_it_is_no_invoice_and_no_invoice_is_it(self, schedules: Schedules) -> None:
        """They share a table, and clients may ask for any id."""
        from invoicing.domain.invoices.invoice import Invoice  # noqa: PLC0415

        schedules.keep()
        schedules.tick()
        made = str(schedules.schedule.last_invoice_id)
        find, account = schedules.site.store.find, schedules.site.account
        assert find(Ref(Invoice, account, "rec_1")) is None
        assert find(Ref(Invoice, account, "recurring#rec_1")) is None
        assert find(Ref(RecurringInvoice, account, made)) is None
        assert find(Ref(Invoice, account, made)) is not None

    def test_lists_have_those_of_a_customer_or_a_status_and_no_invoices(self, schedules: Schedules) -> None:
        kept = [
            schedules.keep(
                id=f"rec_{number}",
                customer_id=f"cust_{number % 2}",
                created_at=at(f"2026-01-0{number + 1}T00:00:00Z"),
                status=RecurringStatus.PAUSED if number % 3 == 0 else RecurringStatus.ACTIVE,
            )
            for number in range(6)
        ]
        store, account = schedules.site.store, schedules.site.account

        def listed(**conditions: str) -> list[str]:
            query = ListQuery(
                conditions=tuple(Condition(name, "in", (value,)) for name, value in conditions.items()),
                sorts=(Sort("created_at", descending=True),),
                per_page=10,
            )
            return [each.id for each in store.page_of(RecurringInvoice, account, query).items]

        assert listed() == [each.id for each in reversed(kept)]
        assert listed(customer_id="cust_1") == ["rec_5", "rec_3", "rec_1"]
        assert listed(status="paused") == ["rec_3", "rec_0"]
        assert listed(status="paused", customer_id="cust_1") == ["rec_3"]

    def test_lists_of_invoices_have_those_of_a_schedule(self, schedules: Schedules) -> None:
        from invoicing.domain.invoices.invoice import Invoice  # noqa: PLC0415

        for name in ("rec_1", "rec_2"):
            schedules.keep("daily", id=name)
            schedules.tick(name, now=at("2027-01-03T12:00:00Z"))
        query = ListQuery(
            conditions=(Condition("recurring_id", "in", ("rec_2",)),),
            sorts=(Sort("issue_date", descending=False),),
            per_page=10,
        )
        found = schedules.site.store.page_of(Invoice, schedules.site.account, query).items
        assert [(each.recurring_id, each.service_period and each.service_period.start.day) for each in found] == [
            ("rec_2", number) for number in (1, 2, 3)
        ]
