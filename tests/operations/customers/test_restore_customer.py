"""Restoring an archived customer, which is invoiced and reminded again from then on."""

from collections.abc import Mapping
from datetime import timedelta
from functools import partial

import pytest

from invoicing.domain.errors import NotFound, PreconditionFailed
from invoicing.domain.lists.list_counter import ListCounter
from invoicing.domain.parties.customer import Customer
from invoicing.operations.customers.delete_customer import delete_customer
from invoicing.operations.customers.restore_customer import restore_customer
from invoicing.operations.customers.update_customer import update_customer
from invoicing.operations.invoices.create_invoice import create_invoice
from invoicing.operations.reactions.update_totals import update_totals
from tests.books import pay
from tests.builders import NOW, PAGE_URL, a_customer, a_new_invoice
from tests.fakes import FakeStore
from tests.office import Office
from tests.operations.reminders.reminding import Business


def restore(office: Office, if_version: int | None = None) -> Customer:
    return office.run_use_case(lambda uow: restore_customer(uow, "cust_123", if_version=if_version))


def archive(office: Office) -> None:
    office.run_use_case(lambda uow: delete_customer(uow, "cust_123"))


def counts(store: FakeStore) -> Mapping[str, int]:
    (counter,) = (each for each in store.all(ListCounter) if each.id == "customers")
    return {name: count for name, count in counter.counts.items() if name}


@pytest.fixture
def archived(store: FakeStore) -> Customer:
    customer = a_customer(version=3, has_invoices=True, archived_at=NOW)
    store.keep(customer)
    return customer


def test_it_is_invoiced_again_and_says_when_it_came_back(office: Office, store: FakeStore, archived: Customer) -> None:
    office.now = later = NOW + timedelta(days=3)
    restored = restore(office)
    assert (restored.archived_at, restored.restored_at, restored.version) == (None, later, archived.version + 1)
    assert store.all(Customer) == [restored]
    (event,) = store.events.values()
    assert (event.type, event.data["archived"], event.data["version"]) == ("customer.restored", False, 4)
    invoice = office.run_use_case(lambda uow: create_invoice(uow, a_new_invoice(), send_email=False, page_url=PAGE_URL))
    assert invoice.buyer.version == restored.version


def test_a_customer_that_is_not_archived_stays_as_it_is(office: Office, store: FakeStore) -> None:
    store.keep(a_customer(version=2, has_invoices=True))
    assert restore(office) == a_customer(version=2, has_invoices=True)
    assert (store.commits, store.event_types()) == (0, [])


@pytest.mark.usefixtures("archived")
def test_an_editor_of_another_version_restores_nothing(office: Office, store: FakeStore) -> None:
    with pytest.raises(PreconditionFailed):
        restore(office, if_version=2)
    assert store.commits == 0
    assert restore(office, if_version=3).archived_at is None


def test_a_customer_that_was_removed_does_not_come_back(office: Office) -> None:
    archive(office)
    with pytest.raises(NotFound) as refused:
        restore(office)
    assert refused.value.code == "CUSTOMER_NOT_FOUND"


@pytest.mark.usefixtures("archived")
def test_two_who_restore_it_at_once_do_it_once(office: Office, store: FakeStore) -> None:
    store.before_next_commit(lambda: restore(Office(store, ids=office.ids)))
    assert restore(office).version == 4
    assert store.event_types() == ["customer.restored"]


@pytest.mark.usefixtures("archived")
def test_what_is_changed_meanwhile_is_kept(office: Office, store: FakeStore) -> None:
    other = Office(store, ids=office.ids)
    store.before_next_commit(lambda: other.run_use_case(lambda uow: update_customer(uow, "cust_123", {"phone": "1"})))
    assert (restore(office).phone, store.all(Customer)[0].archived_at) == ("1", None)


@pytest.mark.usefixtures("archived")
def test_deleted_again_while_it_is_restored_it_ends_as_the_later_one_says(office: Office, store: FakeStore) -> None:
    """Deleting changes nothing while the customer is archived still, so restoring is the later one here."""
    store.before_next_commit(lambda: archive(Office(store, ids=office.ids)))
    assert restore(office).archived_at is None
    assert store.event_types() == ["customer.restored"]
    store.before_next_commit(lambda: restore(Office(store, ids=office.ids)))
    archive(office)
    assert store.all(Customer)[0].archived_at == NOW
    assert store.event_types() == ["customer.restored", "customer.deleted"]


def test_lists_count_it_among_those_that_are_not_archived_in_whatever_order_they_hear_of_it(
    office: Office, store: FakeStore
) -> None:
    store.keep(a_customer(has_invoices=True))
    for _ in range(2):
        archive(office)
        restore(office)
    for event in reversed([store.events[key] for key in sorted(store.events)]):
        for _ in range(2):
            office.run_use_case(partial(update_totals, events=[event]))
    assert counts(store) == {"archived=false": 1}
    archive(office)
    office.run_use_case(lambda uow: update_totals(uow, list(store.events.values())))
    assert counts(store) == {"archived=true": 1}


class TestReminders:
    """Steps at 09:00 on the due date and 7, 14 and 21 days later; the customer is archived from 03-07 on."""

    invoice: str

    @pytest.fixture
    def business(self) -> Business:
        business = Business()
        business.put(0, 7, 14, 21)
        self.invoice = business.issue("2027-03-01")
        business.advance("2027-03-07 12:00")
        archive(business.office)
        return business

    def outcomes(self, business: Business) -> Mapping[int, str]:
        return business.outcomes(self.invoice)

    def test_none_comes_while_it_is_archived_and_the_next_once_it_is_restored(self, business: Business) -> None:
        assert business.listed(self.invoice)[1] == []
        business.advance("2027-03-10 12:00")
        restore(business.office)
        _, coming = business.listed(self.invoice)
        assert coming == [(14, "03-15 09:00"), (21, "03-22 09:00")]
        business.advance("2027-03-31 12:00")
        assert self.outcomes(business) == {0: "sent", 7: "customer_archived", 14: "sent", 21: "sent"}

    @pytest.mark.parametrize(
        "restored", ["2027-03-08 09:00", "2027-03-08 09:01", "2027-03-09 03:00", "2027-03-15 08:59"]
    )
    def test_a_step_that_no_tick_looked_at_is_not_made_up_for(self, business: Business, restored: str) -> None:
        """No tick between the step and the restoring, as in an outage; then 50."""
        business.at(restored)
        restore(business.office)
        for _ in range(50):
            business.tick()
        assert business.outcomes(self.invoice) == {0: "sent", 7: "customer_archived"}
        business.advance("2027-03-15 12:00")
        assert self.outcomes(business) == {0: "sent", 7: "customer_archived", 14: "sent"}
        assert [when for when, _ in business.mailed()] == ["03-01 09:00", "03-15 09:00"]

    def test_restored_a_moment_before_a_step_it_is_reminded(self, business: Business) -> None:
        business.at("2027-03-08 08:59")
        restore(business.office)
        business.advance("2027-03-08 12:00")
        assert self.outcomes(business) == {0: "sent", 7: "sent"}

    def test_several_steps_that_passed_are_all_skipped_for_that_reason(self, business: Business) -> None:
        business.at("2027-03-20 12:00")
        restore(business.office)
        business.advance("2027-03-31 12:00")
        expected = {0: "sent", 7: "customer_archived", 14: "customer_archived", 21: "sent"}
        assert self.outcomes(business) == expected

    def test_archived_and_restored_twice_only_what_passed_outside_is_sent(self, business: Business) -> None:
        business.at("2027-03-10 12:00")
        restore(business.office)
        business.advance("2027-03-15 12:00")
        archive(business.office)
        business.at("2027-03-23 12:00")
        restore(business.office)
        business.advance("2027-03-31 12:00")
        assert self.outcomes(business) == {0: "sent", 7: "customer_archived", 14: "sent", 21: "customer_archived"}

    def test_what_was_paid_meanwhile_stays_unreminded(self, business: Business) -> None:
        pay(business.office, business.invoice(self.invoice), "100")
        business.at("2027-03-10 12:00")
        restore(business.office)
        business.advance("2027-03-31 12:00")
        assert [when for when, _ in business.mailed()] == ["03-01 09:00"]
