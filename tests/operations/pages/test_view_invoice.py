"""Opening the public page."""

from datetime import timedelta

import pytest

from invoicing.domain.errors import Gone, NotFound
from invoicing.domain.invoices.invoice import Invoice, Status
from invoicing.domain.invoices.page_link import PageLink
from invoicing.domain.invoices.views import MOST_VIEWS, Client, InvoiceViews
from invoicing.operations.pages.view_invoice import view_invoice
from tests.builders import NOW, an_invoice, an_issued_invoice
from tests.fakes import FakeStore
from tests.office import Office

LINK = PageLink(id="token_1", account="acc_1", invoice_id="inv_1")


@pytest.fixture
def visitor(store: FakeStore) -> Office:
    """Nobody's account: the token alone says which invoice it is."""
    store.keep(LINK, an_issued_invoice())
    return Office(store, account="")


def view(office: Office, page: str = "token_1", client: Client | None = "browser") -> Invoice:
    return office.run_use_case(lambda uow: view_invoice(uow, page, client))


def test_the_first_opening_is_noted_and_told(visitor: Office, store: FakeStore) -> None:
    invoice = view(visitor)
    assert (invoice.status, invoice.viewed_at, invoice.version) == (Status.VIEWED, NOW, 2)
    assert store.all(Invoice) == [invoice]
    assert store.event_types() == ["invoice.viewed"]
    assert {event.account for event in store.events.values()} == {"acc_1"}


def test_further_openings_change_nothing(visitor: Office, store: FakeStore) -> None:
    first = view(visitor)
    visitor.now = NOW + timedelta(hours=1)
    assert view(visitor) == first
    assert store.all(Invoice) == [first]
    assert store.event_types() == ["invoice.viewed"]


def test_two_who_open_it_at_the_same_moment_are_one_first_opening(visitor: Office, store: FakeStore) -> None:
    other = Office(store, account="", ids=visitor.ids, now=NOW + timedelta(seconds=1))
    store.before_next_commit(lambda: view(other))
    assert view(visitor).viewed_at == NOW + timedelta(seconds=1)
    assert store.event_types() == ["invoice.viewed"]


def test_a_mail_scanner_is_not_the_customer(visitor: Office, store: FakeStore) -> None:
    assert view(visitor, client="scanner") == an_issued_invoice()
    assert (store.all(Invoice), store.event_types()) == ([an_issued_invoice()], [])
    assert view(visitor).status is Status.VIEWED


@pytest.mark.parametrize("status", [Status.OVERDUE, Status.PARTIALLY_PAID, Status.PAID])
def test_an_overdue_or_paid_invoice_keeps_its_status(visitor: Office, store: FakeStore, status: Status) -> None:
    store.keep(an_issued_invoice(status=status))
    invoice = view(visitor)
    assert (invoice.status, invoice.viewed_at) == (status, NOW)


def test_a_cancelled_invoice_is_still_shown_but_not_noted(visitor: Office, store: FakeStore) -> None:
    store.keep(an_issued_invoice(status=Status.CANCELLED))
    assert view(visitor).viewed_at is None
    assert store.event_types() == []


def test_a_preview_reads_and_writes_nothing(visitor: Office, store: FakeStore) -> None:
    assert view(visitor, client=None) == an_issued_invoice()
    assert (store.commits, store.all(InvoiceViews)) == (0, [])


def test_the_log_keeps_the_latest_views_in_order(visitor: Office, store: FakeStore) -> None:
    for minute in range(MOST_VIEWS + 5):
        visitor.now = NOW + timedelta(minutes=minute)
        view(visitor, client="browser" if minute else "scanner")
    (log,) = store.all(InvoiceViews)
    assert [each.at for each in log.views] == [NOW + timedelta(minutes=minute + 5) for minute in range(MOST_VIEWS)]
    assert (log.version, {each.counted for each in log.views}) == (MOST_VIEWS + 5, {True})


def test_of_two_views_at_the_same_moment_both_are_logged(visitor: Office, store: FakeStore) -> None:
    other = Office(store, account="", ids=visitor.ids, now=NOW + timedelta(seconds=1))
    store.before_next_commit(lambda: view(other, client="bot"))
    view(visitor, client="scanner")
    (log,) = store.all(InvoiceViews)
    assert [(each.client, each.counted) for each in log.views] == [("bot", False), ("scanner", False)]


def test_a_link_that_was_rotated_leads_nowhere(visitor: Office, store: FakeStore) -> None:
    """Also while its item is still there, as in a request that read it just before."""
    store.keep(an_issued_invoice(page_token="token_2"))
    with pytest.raises(NotFound):
        view(visitor)
    assert store.commits == 0


def test_a_link_has_expired_from_its_instant_on(visitor: Office, store: FakeStore) -> None:
    store.keep(an_issued_invoice(page_expires_at=NOW + timedelta(hours=1)))
    visitor.now = NOW + timedelta(minutes=59, seconds=59)
    assert view(visitor).viewed_at
    visitor.now = NOW + timedelta(hours=1)
    with pytest.raises(Gone) as refused:
        view(visitor)
    assert refused.value.code == "HOSTED_LINK_EXPIRED"
    assert len(store.all(InvoiceViews)[0].views) == 1


def test_an_unknown_token_leads_nowhere(visitor: Office) -> None:
    with pytest.raises(NotFound) as refused:
        view(visitor, "guess")
    assert refused.value.code == "INVOICE_NOT_FOUND"


def test_a_draft_has_no_page(visitor: Office, store: FakeStore) -> None:
    store.keep(an_invoice())
    with pytest.raises(NotFound):
        view(visitor)
