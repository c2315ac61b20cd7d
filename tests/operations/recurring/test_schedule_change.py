"""Archiving a customer pauses its schedules, the first ones at once; a change of the account moves all, in steps."""

from collections import Counter
from datetime import date, timedelta

import pytest

from invoicing.domain.due_work import DueEntry, Work
from invoicing.domain.errors import ValidationFailed
from invoicing.domain.invoices.invoice_walk import SETTLED
from invoicing.domain.recurring.recurring_invoice import RecurringInvoice
from invoicing.domain.recurring.schedule_change import ScheduleChange
from invoicing.operations.account.update_account import update_account
from invoicing.operations.customers.delete_customer import delete_customer
from invoicing.operations.customers.restore_customer import restore_customer
from invoicing.operations.reactions.run_due_work import run_due_work
from invoicing.operations.recurring._schedule_change import AT_ONCE
from invoicing.operations.recurring.cancel_recurring_invoice import cancel_recurring_invoice
from invoicing.operations.recurring.pause_recurring_invoice import pause_recurring_invoice
from invoicing.operations.recurring.resume_recurring_invoice import resume_recurring_invoice
from tests.builders import NOW, a_customer, an_account
from tests.domain.recurring.plans import a_content, at
from tests.fake_due_work import FakeDueWork
from tests.fakes import FakeStore
from tests.office import Office
from tests.operations.recurring.planning import create
from tests.operations.recurring.recurring_office import invoices, run, stored, told
from tests.operations.test_clock.clock_office import ClockOffice
from tests.ticking import tick

MANY = 2 * AT_ONCE + 3


def archive(office: Office) -> None:
    office.run_use_case(lambda uow: delete_customer(uow, "cust_123"))


def restore(office: Office) -> None:
    office.run_use_case(lambda uow: restore_customer(uow, "cust_123"))


def resume(office: Office, schedule: RecurringInvoice) -> RecurringInvoice:
    return office.run_use_case(lambda uow: resume_recurring_invoice(uow, schedule.id))


def pause(office: Office, schedule: RecurringInvoice) -> None:
    office.run_use_case(lambda uow: pause_recurring_invoice(uow, schedule.id))


def finish(office: Office, store: FakeStore) -> None:
    """Let the change end."""
    tick(office, store)
    office.now += SETTLED
    tick(office, store)
    assert store.all(ScheduleChange) == []


def release(office: ClockOffice) -> None:
    """Delete the test clock, and let what waits for it wait for real time."""
    office.delete()
    office.tick()
    office.now += SETTLED
    office.tick()


def states(store: FakeStore) -> Counter[tuple[str, str | None]]:
    return Counter((str(each.status), each.pause_reason) for each in store.all(RecurringInvoice))


class TestArchiving:
    def test_its_schedules_are_paused_in_its_transaction_each_with_an_event(
        self, office: Office, store: FakeStore
    ) -> None:
        made = [create(office) for _ in range(3)]
        commits = store.commits
        archive(office)
        assert store.commits == commits + 1
        assert states(store) == {("paused", "customer_archived"): 3}
        assert {each.paused_at for each in store.all(RecurringInvoice)} == {office.now}
        events = told(store, "paused")
        assert [(each.resource_id, each.data["version"], each.data["pause_reason"]) for each in events] == [
            (each.id, 2, "customer_archived") for each in reversed(made)
        ]
        finish(office, store)
        assert [each.version for each in store.all(RecurringInvoice)] == [2, 2, 2], "once"
        assert len(told(store, "paused")) == 3

    def test_others_stay_as_they_are(self, office: Office, store: FakeStore) -> None:
        store.keep(a_customer(id="cust_2", has_invoices=True))
        by_hand, gone = create(office), create(office)
        create(office, content=a_content(customer_id="cust_2"))
        pause(office, by_hand)
        office.run_use_case(lambda uow: cancel_recurring_invoice(uow, gone.id))
        before = store.all(RecurringInvoice)
        archive(office)
        finish(office, store)
        assert store.all(RecurringInvoice) == before

    @pytest.mark.parametrize("is_restored", [False, True])
    def test_of_many_the_others_follow_also_when_the_customer_is_back(
        self, office: Office, store: FakeStore, is_restored: bool
    ) -> None:
        for _ in range(MANY):
            create(office)
        archived_at = office.now
        archive(office)
        assert states(store)["paused", "customer_archived"] == AT_ONCE
        office.now += timedelta(minutes=1)
        if is_restored:
            restore(office)
        finish(office, store)
        assert states(store) == {("paused", "customer_archived"): MANY}
        assert {each.paused_at for each in store.all(RecurringInvoice)} == {archived_at}
        assert Counter(event.resource_id for event in told(store, "paused")) == Counter(
            each.id for each in store.all(RecurringInvoice)
        )

    def test_nothing_is_made_by_one_that_has_not_followed_yet(self, office: Office, store: FakeStore) -> None:
        """Its date falls due after a customer was archived and restored, before the change goes on."""
        for _ in range(AT_ONCE + 1):
            create(office, "daily", "2026-11-23")
        archive(office)
        restore(office)
        (left,) = [each for each in store.all(RecurringInvoice) if each.status == "active"]
        office.now = at("2026-11-23T09:00:00Z")
        entry = DueEntry(office.now, Work.OCCURRENCE, left.id, "RecurringInvoice", office.account)
        run_due_work(entry, office.uow, FakeDueWork(store))
        assert invoices(store) == []
        paused = stored(store, left.id)
        assert (paused.status, paused.pause_reason, paused.version) == ("paused", "customer_archived", 2)
        assert [event.data["reason"] for event in told(store, "skipped")] == ["customer_archived"]
        finish(office, store)
        assert len(told(store, "paused")) == AT_ONCE + 1

    def test_one_that_is_created_meanwhile_is_paused(self, office: Office, store: FakeStore) -> None:
        other = Office(store, ids=office.ids)
        create(office)
        store.before_next_commit(lambda: create(other))
        archive(office)
        assert states(store) == {("active", None): 1, ("paused", "customer_archived"): 1}
        finish(office, store)
        assert states(store) == {("paused", "customer_archived"): 2}

    def test_one_whose_creation_ends_after_all_is_paused_at_its_first_date(
        self, office: Office, store: FakeStore
    ) -> None:
        create(office)

        def archive_and_finish() -> None:
            other = Office(store, ids=office.ids)
            archive(other)
            finish(other, store)

        store.before_next_commit(archive_and_finish)
        schedule = create(office, "daily", "2026-11-23")
        assert stored(store, schedule.id).status == "active"
        run(office, store, "2026-11-23T09:00:00Z")
        assert (invoices(store), stored(store, schedule.id).pause_reason) == ([], "customer_archived")

    def test_one_that_is_resumed_meanwhile_is_paused(self, office: Office, store: FakeStore) -> None:
        schedule = create(office)
        pause(office, schedule)
        store.before_next_commit(lambda: archive(Office(store, ids=office.ids)))
        assert resume(office, schedule).status == "active"
        finish(office, store)
        assert stored(store, schedule.id).pause_reason == "customer_archived"

    def test_only_resuming_makes_it_go_on(self, office: Office, store: FakeStore) -> None:
        schedule = create(office, "daily", "2026-11-23")
        archive(office)
        with pytest.raises(ValidationFailed):
            resume(office, schedule)
        office.now = at("2026-11-25T12:00:00Z")
        restore(office)
        finish(office, store)
        assert stored(store, schedule.id).status == "paused"
        assert resume(office, schedule).status == "active"
        run(office, store, "2026-11-26T09:00:00Z")
        assert [str(each.issue_date) for each in invoices(store)] == ["2026-11-26"]

    def test_one_that_has_not_followed_yet_can_be_resumed(self, office: Office, store: FakeStore) -> None:
        for _ in range(AT_ONCE + 1):
            create(office)
        archive(office)
        restore(office)
        (left,) = [each for each in store.all(RecurringInvoice) if each.status == "active"]
        assert resume(office, left).version == left.version + 1
        finish(office, store)
        assert states(store) == {("active", None): 1, ("paused", "customer_archived"): AT_ONCE}
        happened = [event.type for event in store.events.values() if event.resource_id == left.id]
        assert sorted(happened)[1:] == ["recurring_invoice.paused", "recurring_invoice.resumed"]

    def test_archived_restored_and_archived_again_at_one_instant(self, office: Office, store: FakeStore) -> None:
        """A test clock stands still meanwhile."""
        schedule = create(office)
        archive(office)
        restore(office)
        resume(office, schedule)
        archive(office)
        finish(office, store)
        assert states(store) == {("paused", "customer_archived"): 1}
        assert [len(told(store, each)) for each in ("paused", "resumed")] == [2, 1]

    def test_another_archiving_lets_a_change_under_way_start_over(self, office: Office, store: FakeStore) -> None:
        for _ in range(MANY):
            create(office)
        archive(office)
        (first,) = store.all(ScheduleChange)
        restore(office)
        archive(office)
        (second,) = store.all(ScheduleChange)
        assert second.version == first.version + 1
        finish(office, store)
        assert states(store) == {("paused", "customer_archived"): MANY}
        assert len(told(store, "paused")) == MANY


class TestUnderATestClock:
    @pytest.fixture
    def office(self) -> ClockOffice:
        office = ClockOffice(store=FakeStore())
        office.store.keep(an_account(account=office.account), a_customer(account=office.account, has_invoices=True))
        return office

    @pytest.mark.parametrize("ahead", [timedelta(days=-30), timedelta(days=60)])
    @pytest.mark.parametrize("is_of_customer", [False, True])
    def test_a_change_ends_in_real_time_when_the_clock_is_deleted(
        self, office: ClockOffice, ahead: timedelta, is_of_customer: bool
    ) -> None:
        office.set(NOW + ahead)
        for _ in range(MANY):
            create(office, "daily", "2027-06-01")
        if is_of_customer:
            archive(office)
        else:
            office.run_use_case(lambda uow: update_account(uow, {"time_zone": "Asia/Tokyo"}))
        release(office)
        finish(office, office.store)
        if is_of_customer:
            assert states(office.store) == {("paused", "customer_archived"): MANY}
        else:
            assert {each.next_at for each in office.store.all(RecurringInvoice)} == {at("2027-06-01T00:00:00Z")}

    def test_what_is_paused_makes_nothing_when_the_clock_is_deleted(self, office: ClockOffice) -> None:
        """Also before the instant of the pause."""
        schedules = [create(office, "daily", "2026-12-01") for _ in range(AT_ONCE + 2)]
        office.set(NOW + timedelta(days=60))
        pause(office, schedules[0])
        archive(office)
        restore(office)
        release(office)
        office.now = at("2026-12-01T12:00:00Z")
        tick(office, office.store)
        assert resume(office, schedules[0]).next_billing_date == date(2026, 12, 2)
        office.now = at("2026-12-03T12:00:00Z")
        assert resume(office, schedules[1]).next_billing_date == date(2026, 12, 4), "what no tick has passed yet"
        tick(office, office.store)
        assert [each.recurring_id for each in invoices(office.store)] == [schedules[0].id] * 2, "since it was resumed"
        assert {event.data["reason"] for event in told(office.store, "skipped")} == {"paused", "customer_archived"}

    def test_an_advance_right_after_makes_nothing(self, office: ClockOffice) -> None:
        office.set(NOW)
        for _ in range(MANY):
            create(office, "daily", "2026-11-23")
        archive(office)
        restore(office)
        office.advance(at("2026-11-25T12:00:00Z"))
        assert invoices(office.store) == []
        assert states(office.store) == {("paused", "customer_archived"): MANY}
        assert {event.occurred_at for event in told(office.store, "paused")} == {NOW}, "before its dates"
        assert office.store.all(ScheduleChange) == []


class TestAccount:
    def test_all_schedules_are_moved_in_steps(self, office: Office, store: FakeStore) -> None:
        for _ in range(MANY):
            create(office, "daily", "2026-12-01")
        office.run_use_case(lambda uow: update_account(uow, {"time_zone": "Asia/Tokyo"}))
        commits = store.commits
        works = tick(office, store)
        assert works.count(Work.CHANGE) == 3
        assert store.commits - commits == 4, "one for each step, and one for the walk through no invoices"
        assert {each.next_at for each in store.all(RecurringInvoice)} == {at("2026-12-01T00:00:00Z")}
        finish(office, store)
        assert {each.version for each in store.all(RecurringInvoice)} == {2}

    def test_another_change_meanwhile_begins_anew(self, office: Office, store: FakeStore) -> None:
        for _ in range(MANY):
            create(office, "daily", "2026-12-01")
        other = Office(store, ids=office.ids)
        office.run_use_case(lambda uow: update_account(uow, {"time_zone": "Asia/Tokyo"}))
        store.before_next_commit(
            lambda: other.run_use_case(lambda uow: update_account(uow, {"time_zone": "Europe/Paris"}))
        )
        finish(office, store)
        assert {each.next_at for each in store.all(RecurringInvoice)} == {at("2026-12-01T08:00:00Z")}
