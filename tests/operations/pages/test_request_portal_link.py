"""Ordering a portal link on an invoice's page: at most three in an hour, whatever comes at once."""

from datetime import timedelta

import pytest

from invoicing.domain.deliveries.delivery import Delivery
from invoicing.domain.invoices.page_link import PageLink
from invoicing.domain.portal.portal_link import MOST_REQUESTS, PortalLink, PortalRequests, PortalToken
from invoicing.operations.pages.request_portal_link import request_portal_link
from tests.builders import ACCOUNT, NOW, a_customer, an_account, an_issued_invoice
from tests.fakes import FakeStore
from tests.office import Office

PORTALS = "https://api.example.com/v1/invoicing/c"


@pytest.fixture
def visitor(store: FakeStore) -> Office:
    link = PageLink(id="token_1", account=ACCOUNT, invoice_id="inv_1")
    store.keep(an_account(), a_customer(), an_issued_invoice(), link)
    return Office(store, account="")


def order(office: Office, page: str = "token_1") -> None:
    office.run_use_case(lambda uow: request_portal_link(uow, page, portal_url=PORTALS))


def test_it_orders_one_email_without_a_token(visitor: Office, store: FakeStore) -> None:
    order(visitor)
    (link,), (delivery,) = store.all(PortalLink), store.all(Delivery)
    assert (link.customer_id, link.expires_at, link.delivery_ids) == (
        "cust_123", NOW + timedelta(days=30), (delivery.id,),
    )  # fmt: skip
    assert (delivery.account, delivery.recipient, delivery.hosted_url) == (ACCOUNT, "ap@initech.example", PORTALS)
    assert (store.all(PortalToken), store.event_types()) == ([], ["customer.portal_link_sent"])


def test_those_that_come_at_once_are_counted_one_after_the_other(visitor: Office, store: FakeStore) -> None:
    for _ in range(MOST_REQUESTS + 1):
        store.before_next_commit(lambda: order(Office(store, account="", ids=visitor.ids)))
    order(visitor)
    assert len(store.all(Delivery)) == len(store.all(PortalLink)) == MOST_REQUESTS


def test_the_hour_moves_on_with_each(visitor: Office, store: FakeStore) -> None:
    ordered = []
    for minutes in (0, 10, 59, 59, 60, 61, 70, 71):
        visitor.now = NOW + timedelta(minutes=minutes)
        order(visitor)
        ordered.append(len(store.all(Delivery)))
    assert ordered == [1, 2, 3, 3, 4, 4, 5, 5]
    assert len(store.all(PortalRequests)[0].at) <= MOST_REQUESTS


def test_each_invoice_counts_its_own(visitor: Office, store: FakeStore) -> None:
    store.keep(
        an_issued_invoice(id="inv_2", page_token="token_2"), PageLink(id="token_2", account=ACCOUNT, invoice_id="inv_2")
    )
    for _ in range(5):
        order(visitor)
        order(visitor, "token_2")
    assert len(store.all(Delivery)) == 2 * MOST_REQUESTS


@pytest.mark.parametrize("case", ["unknown", "rotated", "archived", "no address"])
def test_where_nothing_is_mailed_nothing_is_written(visitor: Office, store: FakeStore, case: str) -> None:
    if case == "rotated":
        store.keep(an_issued_invoice(page_token="token_2"))
    if case == "archived":
        store.keep(a_customer(archived_at=NOW))
    if case == "no address":
        store.keep(a_customer(email=None))
    order(visitor, "guess" if case == "unknown" else "token_1")
    assert (store.commits, store.all(PortalLink), store.all(Delivery)) == (0, [], [])


def test_an_expired_link_orders_one_too(visitor: Office, store: FakeStore) -> None:
    store.keep(an_issued_invoice(page_expires_at=NOW - timedelta(days=1)))
    order(visitor)
    assert len(store.all(Delivery)) == 1
