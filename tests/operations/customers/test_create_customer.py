"""Registering a customer."""

import pytest

from invoicing.domain.errors import Conflict
from invoicing.domain.parties.customer import Customer
from invoicing.domain.parties.details import Address, TaxId
from invoicing.operations.customers.create_customer import NewCustomer, create_customer
from tests.builders import NOW, a_customer, a_new_customer
from tests.fakes import FakeStore
from tests.office import Office


def create(office: Office, new: NewCustomer) -> Customer:
    return office.run_use_case(lambda uow: create_customer(uow, new))


def test_a_customer_is_stored_as_given_with_the_event_that_tells_of_it(office: Office, store: FakeStore) -> None:
    new = a_new_customer(
        id="cust_own",
        cc_emails=("boss@initech.example",),
        phone="+1 555",
        address=Address(city="Austin", country="US"),
        tax_ids=(TaxId(type="us_ein", value="12-3456789"),),
        currency="CHF",
        locale="de-CH",
        payment_terms="Net 7",
        notes="VIP",
        metadata={"crm": "7"},
    )
    customer = create(office, new)
    assert {name: getattr(customer, name) for name in new.__slots__} == {
        name: getattr(new, name) for name in new.__slots__
    }
    assert (customer.account, customer.version, customer.created_at, customer.updated_at) == ("acc_1", 1, NOW, NOW)
    assert customer in store.all(Customer)
    assert store.event_types() == ["customer.created"]


def test_without_an_own_id_a_customer_gets_one(office: Office) -> None:
    first, second = (create(office, a_new_customer()) for _ in range(2))
    assert first.id.startswith("cust_")
    assert first.id != second.id


def test_an_id_that_is_taken_is_refused_and_leads_to_the_customer_who_has_it(office: Office, store: FakeStore) -> None:
    with pytest.raises(Conflict) as refused:
        create(office, a_new_customer(id="cust_123", name="Another"))
    assert refused.value.code == "DUPLICATE_CUSTOMER"
    assert refused.value.extra == {"existing_resource": "/customers/cust_123"}
    assert store.all(Customer) == [a_customer()]
    assert store.event_types() == []


def test_live_and_test_mode_may_use_the_same_id(store: FakeStore) -> None:
    customer = create(Office(store, account="acc_1#test"), a_new_customer(id="cust_123", name="Another"))
    assert customer in store.all(Customer)
    assert a_customer() in store.all(Customer)
