"""Revoking portal links: once, at once, with all their tokens."""

import pytest

from invoicing.domain.errors import NotFound
from invoicing.domain.portal.portal_link import PortalLink
from invoicing.operations.customers.revoke_portal_link import revoke_portal_link
from invoicing.operations.pages._opening import open_portal
from invoicing.operations.portal._links import token_of
from tests.builders import NOW, a_customer, an_account
from tests.fakes import FakeStore
from tests.office import Office
from tests.operations.portal_links import TOKEN, a_portal_link, keep_link


def revoke(office: Office, link_id: str = "plink_1", customer_id: str = "cust_123") -> None:
    office.run_use_case(lambda uow: revoke_portal_link(uow, customer_id, link_id))


def test_all_tokens_of_the_link_end_and_those_of_others_stay(office: Office, store: FakeStore) -> None:
    store.keep(an_account(), a_customer())
    keep_link(store)
    store.keep(token_of(a_portal_link(), "the one of the e-mail"))
    keep_link(store, "another", id="plink_2")
    revoke(office)
    for token in (TOKEN, "the one of the e-mail"):
        with pytest.raises(NotFound):
            open_portal(office.uow(), token)
    assert open_portal(office.uow(), "another").customer.id == "cust_123"


def test_of_two_at_once_one_finds_none(office: Office, store: FakeStore) -> None:
    keep_link(store)
    store.before_next_commit(lambda: revoke(Office(store)))
    with pytest.raises(NotFound) as refused:
        revoke(office)
    assert refused.value.code == "PORTAL_LINK_NOT_FOUND"
    assert [(each.version, each.revoked_at) for each in store.all(PortalLink)] == [(2, NOW)]


@pytest.mark.parametrize(("link", "customer"), [("plink_2", "cust_123"), ("plink_1", "cust_2")])
def test_links_of_others_stay(office: Office, store: FakeStore, link: str, customer: str) -> None:
    keep_link(store)
    with pytest.raises(NotFound):
        revoke(office, link, customer)
    assert store.all(PortalLink) == [a_portal_link()]
