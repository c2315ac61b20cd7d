"""Opening the portal: who gets in, until when, and that nothing is written."""

from dataclasses import replace
from datetime import timedelta

import pytest

from invoicing.domain.errors import InvalidRequest, NotFound
from invoicing.domain.invoices.invoice import Status
from invoicing.operations.lists.query import Condition, ListQuery, Place, write_cursor
from invoicing.operations.pages.view_portal import MOST_SHOWN, Portal, view_portal
from tests.builders import NOW, a_customer, an_account, an_invoice, an_issued_invoice
from tests.fakes import FakeLedger, FakeStore
from tests.office import Office
from tests.operations.portal_links import TOKEN, keep_link


@pytest.fixture
def visitor(store: FakeStore) -> Office:
    store.keep(an_account(), a_customer())
    keep_link(store)
    return Office(store, account="")


def view(office: Office, token: str = TOKEN, **cursors: str) -> Portal:
    ledger = FakeLedger(office.store)  # type: ignore[arg-type]
    return office.run_use_case(lambda uow: view_portal(uow, token, ledger, **cursors))


def keep_invoices(store: FakeStore, count: int) -> None:
    for number in range(count):
        named = {"id": f"inv_{number:03}", "number": f"INV-{number:03}", "created_at": NOW + timedelta(seconds=number)}
        store.keep(replace(an_issued_invoice(), **named))  # type: ignore[arg-type]


def test_a_link_works_until_the_instant_it_expires(visitor: Office, store: FakeStore) -> None:
    for _ in range(3):
        assert view(visitor).customer.id == "cust_123"
    visitor.now = NOW + timedelta(days=30) - timedelta(microseconds=1)
    assert view(visitor).customer.id == "cust_123"
    visitor.now = NOW + timedelta(days=30)
    with pytest.raises(NotFound) as refused:
        view(visitor)
    assert (refused.value.code, store.commits) == ("PORTAL_LINK_NOT_FOUND", 0)


@pytest.mark.parametrize("change", ["unknown", "archived", "gone", "revoked"])
def test_all_that_leads_nowhere_is_answered_alike(visitor: Office, store: FakeStore, change: str) -> None:
    if change == "archived":
        store.keep(a_customer(archived_at=NOW))
    if change == "revoked":
        keep_link(store, revoked_at=NOW)
    if change == "gone":
        store.entities = {key: each for key, each in store.entities.items() if each.id != "cust_123"}
    with pytest.raises(NotFound) as refused:
        view(visitor, "guess" if change == "unknown" else TOKEN)
    assert str(refused.value) == "This link does not open a portal."


def test_drafts_are_never_shown_not_even_voided_ones(visitor: Office, store: FakeStore) -> None:
    store.keep(an_invoice(id="inv_a"), an_invoice(id="inv_b", status=Status.CANCELLED), an_issued_invoice(id="inv_c"))
    portal = view(visitor)
    assert [each.id for each in portal.invoices.items] == ["inv_c"]
    assert [each.id for each in portal.open_invoices] == ["inv_c"]


def test_others_are_never_shown(visitor: Office, store: FakeStore) -> None:
    store.keep(
        an_issued_invoice(id="inv_a", customer=a_customer(id="cust_2")),
        replace(an_issued_invoice(id="inv_b"), account="acc_2"),
    )
    portal = view(visitor)
    assert (portal.invoices.items, portal.open_invoices, portal.credit_notes.items) == ((), (), ())


def test_lists_are_bounded_and_go_on(visitor: Office, store: FakeStore) -> None:
    keep_invoices(store, MOST_SHOWN + 2)
    first = view(visitor)
    assert (len(first.invoices.items), len(first.open_invoices), first.has_more_open) == (MOST_SHOWN, MOST_SHOWN, True)
    assert first.invoices.next_cursor
    rest = view(visitor, invoices=first.invoices.next_cursor)
    assert [each.id for each in rest.invoices.items] == ["inv_001", "inv_000"]


def test_a_cursor_of_another_customer_is_refused(visitor: Office) -> None:
    others = ListQuery(conditions=(Condition("customer_id", "eq", ("cust_2",)),), per_page=MOST_SHOWN)
    with pytest.raises(InvalidRequest):
        view(visitor, invoices=write_cursor(others, Place(page=2, position="2")))


def test_a_page_of_drafts_shows_none_and_goes_on(visitor: Office, store: FakeStore) -> None:
    keep_invoices(store, 1)
    for number in range(MOST_SHOWN):
        store.keep(an_invoice(id=f"inv_draft_{number:02}", created_at=NOW + timedelta(days=1)))
    first = view(visitor)
    assert (first.invoices.items, len(first.open_invoices)) == ((), 1)
    assert first.invoices.next_cursor
    assert [each.id for each in view(visitor, invoices=first.invoices.next_cursor).invoices.items] == ["inv_000"]
