"""Deleting and restoring a customer while it is billed, under real threads on Amazon's DynamoDB Local."""

import pytest

from invoicing.domain.errors import ValidationFailed
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.parties.customer import Customer
from invoicing.operations.customers.delete_customer import delete_customer
from invoicing.operations.customers.restore_customer import restore_customer
from invoicing.operations.unit_of_work.change_set import Ref
from invoicing.operations.unit_of_work.unit_of_work import run_use_case
from invoicing.storage.dynamodb.database import Database
from tests.builders import a_customer, a_new_invoice
from tests.storage.conftest import ON_DYNAMODB_LOCAL
from tests.storage.reading import events_of, keys_of_invoices
from tests.storage.site import Site, at_once

pytestmark = [ON_DYNAMODB_LOCAL, pytest.mark.usefixtures("patient")]


def test_no_invoice_is_left_without_its_customer_however_deleting_and_billing_meet(
    site: Site, local_tables: Database
) -> None:
    """Ten customers, each deleted while five invoices are made for it."""
    for number in range(10):
        site.keep(a_customer(account=site.account, id=f"cust_{number}"))

    def act(index: int) -> Invoice | None:
        customer_id = f"cust_{index // 6}"
        if index % 6 == 3:
            run_use_case(site.uow, lambda uow: delete_customer(uow, customer_id))
            return None
        return site.create(a_new_invoice(customer_id=customer_id))

    outcomes = at_once(60, act)
    made = [outcome for outcome in outcomes if isinstance(outcome, Invoice)]
    refused = [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    assert all(isinstance(error, ValidationFailed) and error.code == "INVALID_CUSTOMER" for error in refused)
    assert len(made) + len(refused) == 50
    assert sorted(keys_of_invoices(local_tables, site.account)) == sorted(invoice.id for invoice in made)
    billed = {invoice.buyer.id for invoice in made}
    for number in range(10):
        customer = site.store.find(Ref(Customer, site.account, f"cust_{number}"))
        assert (customer is not None) == (f"cust_{number}" in billed)
        assert customer is None or customer.archived_at is not None
    types = [event.type for event in events_of(local_tables, site.account)]
    assert types.count("customer.deleted") == 10


def test_the_first_20_invoices_of_a_customer_made_at_once_mark_it_once(site: Site) -> None:
    site.keep(a_customer(account=site.account, id="cust_new"))
    made = at_once(20, lambda _: site.create(a_new_invoice(customer_id="cust_new")))
    assert {invoice.buyer.version for invoice in made if isinstance(invoice, Invoice)} == {2}
    customer = site.store.find(Ref(Customer, site.account, "cust_new"))
    assert customer == a_customer(account=site.account, id="cust_new", version=2, has_invoices=True)


def test_archived_and_restored_by_many_at_once_each_change_has_its_event(site: Site, local_tables: Database) -> None:
    site.keep(a_customer(account=site.account, id="cust_1", has_invoices=True))

    def act(index: int) -> None:
        if index % 2:
            run_use_case(site.uow, lambda uow: restore_customer(uow, "cust_1"))
        else:
            run_use_case(site.uow, lambda uow: delete_customer(uow, "cust_1"))

    assert [each for each in at_once(30, act) if isinstance(each, Exception)] == []
    customer = site.store.find(Ref(Customer, site.account, "cust_1"))
    assert customer is not None
    told = sorted(events_of(local_tables, site.account), key=lambda event: event.sequence)
    types = [event.type for event in told]
    assert types == [("customer.restored" if index % 2 else "customer.deleted") for index in range(len(types))]
    assert [event.data["version"] for event in told] == list(range(2, customer.version + 1))
    assert (customer.archived_at is not None) == bool(len(types) % 2)
