"""Listing portal links."""

import pytest

from invoicing.domain.errors import NotFound
from invoicing.operations.customers.list_portal_links import list_portal_links
from invoicing.operations.lists.query import ListQuery
from tests.builders import a_customer
from tests.fakes import FakeStore
from tests.office import Office
from tests.operations.portal_links import a_portal_link


def test_only_links_of_the_customer_are_listed(office: Office, store: FakeStore) -> None:
    store.keep(a_customer(), a_portal_link(), a_portal_link(id="plink_2", customer_id="cust_2"))
    found = office.run_use_case(lambda uow: list_portal_links(uow, "cust_123", ListQuery()))
    assert found.items == (a_portal_link(),)
    with pytest.raises(NotFound):
        office.run_use_case(lambda uow: list_portal_links(uow, "cust_404", ListQuery()))
