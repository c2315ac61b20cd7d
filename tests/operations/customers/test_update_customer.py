"""Changing a customer."""

from datetime import timedelta
from typing import Any

import pytest

from invoicing.domain.errors import NotFound, PreconditionFailed
from invoicing.domain.parties.customer import Customer
from invoicing.domain.parties.details import Address
from invoicing.operations.customers.update_customer import update_customer
from tests.builders import NOW, PAGE_URL, a_customer
from tests.fakes import FakeStore
from tests.office import Office


def update(office: Office, values: dict[str, Any], if_version: int | None = None) -> Customer:
    return office.run_use_case(
        lambda uow: update_customer(uow, "cust_123", values, page_url=PAGE_URL, if_version=if_version)
    )


def test_what_is_given_changes_and_the_rest_stays(office: Office, store: FakeStore) -> None:
    office.now = NOW + timedelta(hours=1)
    customer = update(office, {"email": None, "address": Address(city="Wien")})
    assert customer == a_customer(version=2, email=None, address=Address(city="Wien"), updated_at=office.now)
    assert store.all(Customer) == [customer]


def test_the_event_names_what_changed_and_carries_none_of_it(office: Office, store: FakeStore) -> None:
    update(office, {"name": "Initrode", "phone": "+1 555", "email": "ap@initech.example"})
    (event,) = store.events.values()
    assert event.type == "customer.updated"
    assert event.data == {
        "id": "cust_123",
        "object": "customer",
        "version": 2,
        "archived": False,
        "created_at": "2026-11-22T12:00:00.000Z",
        "changed": ["name", "phone"],
    }


@pytest.mark.parametrize("values", [{}, {"name": "Initech Ltd.", "metadata": {}}])
def test_what_changes_nothing_is_not_written(office: Office, store: FakeStore, values: dict[str, Any]) -> None:
    assert update(office, values) == a_customer()
    assert (store.commits, store.event_types()) == (0, [])


def test_of_two_editors_with_the_same_version_the_second_is_refused(office: Office, store: FakeStore) -> None:
    update(office, {"name": "First"}, if_version=1)
    with pytest.raises(PreconditionFailed) as refused:
        update(office, {"name": "Second"}, if_version=1)
    assert refused.value.code == "ETAG_MISMATCH"
    assert [customer.name for customer in store.all(Customer)] == ["First"]


def test_an_editor_who_is_overtaken_keeps_what_the_other_changed(office: Office, store: FakeStore) -> None:
    store.before_next_commit(lambda: store.keep(a_customer(version=2, phone="+1 555")))
    customer = update(office, {"name": "Initrode"})
    assert (customer.name, customer.phone, customer.version) == ("Initrode", "+1 555", 3)


def test_an_archived_customer_can_be_corrected_and_stays_archived(office: Office, store: FakeStore) -> None:
    store.keep(a_customer(has_invoices=True, archived_at=NOW))
    assert update(office, {"email": "new@initech.example"}).archived_at == NOW


def test_an_unknown_customer_is_not_found(store: FakeStore) -> None:
    with pytest.raises(NotFound) as refused:
        update(Office(store, account="acc_2"), {"name": "X"})
    assert refused.value.code == "CUSTOMER_NOT_FOUND"
