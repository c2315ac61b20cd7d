"""A customer erased by many at once, under real threads on Amazon's DynamoDB Local."""

from typing import Any

import pytest

from invoicing.domain.erasure.customer import ERASED_NAME
from invoicing.domain.erasure.erasure import erasure_id
from invoicing.domain.invoices import invoice_walk
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.parties.customer import Customer
from invoicing.operations.customers import _erasure as module
from invoicing.operations.customers._erasure import ErasurePorts, run_job
from invoicing.operations.customers.delete_customer import delete_customer
from invoicing.operations.unit_of_work.change_set import Ref
from invoicing.operations.unit_of_work.unit_of_work import run_use_case
from invoicing.storage.dynamodb.database import Database
from invoicing.storage.ledger import DynamoLedger
from tests.builders import NOW, a_customer, a_new_invoice
from tests.fake_files import FakeFileStore
from tests.outside import Outside
from tests.storage.conftest import ON_DYNAMODB_LOCAL
from tests.storage.reading import events_of, keys_of_invoices
from tests.storage.site import Site, at_once

pytestmark = [ON_DYNAMODB_LOCAL, pytest.mark.usefixtures("patient")]


def test_it_is_erased_once_and_so_is_each_of_its_documents(
    site: Site, local_tables: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(invoice_walk, "SETTLED", invoice_walk.SETTLED * 0)
    monkeypatch.setattr(module, "AT_ONCE", 3)
    site.keep(a_customer(account=site.account, id="cust_1"))
    drafts = [site.create(a_new_invoice(customer_id="cust_1", notes="For Initech")) for _ in range(7)]
    ledger: Any = DynamoLedger(local_tables)
    run_use_case(site.uow, lambda uow: delete_customer(uow, "cust_1"))
    erased = at_once(8, lambda _: run_use_case(site.uow, lambda uow: delete_customer(uow, "cust_1", erase_with=ledger)))
    assert erased == [None] * 8
    types = [event.type for event in events_of(local_tables, site.account)]
    assert types.count("customer.erased") == 1
    outside: Any = Outside(erasures=ErasurePorts(objects=FakeFileStore(), ledger=ledger))
    index: Any = None
    ran = at_once(4, lambda _: run_job(site.uow, index, None, outside, erasure_id("cust_1")))
    assert not [each for each in ran if isinstance(each, Exception)]
    while run_job(site.uow, index, None, outside, erasure_id("cust_1")):
        pass
    customer = site.store.find(Ref(Customer, site.account, "cust_1"))
    assert customer is not None
    assert (customer.name, customer.erased_at) == (ERASED_NAME, NOW)
    assert len(keys_of_invoices(local_tables, site.account)) == 7
    for draft in drafts:
        found = site.store.find(Ref(Invoice, site.account, draft.id))
        assert found is not None
        assert (found.version, found.notes, found.buyer.name) == (draft.version + 1, None, ERASED_NAME)
