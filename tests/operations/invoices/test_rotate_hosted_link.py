"""Rotating hosted links: one link leads to an invoice at any time, whoever rotates at once."""

from dataclasses import replace
from datetime import timedelta

import pytest

from invoicing.domain.credit_notes.credit_note import CreditNote
from invoicing.domain.errors import Conflict, NotFound, PreconditionFailed
from invoicing.domain.invoices.invoice import Invoice, Status
from invoicing.domain.invoices.page_link import PageLink
from invoicing.operations.documents.order_email import EmailRequest
from invoicing.operations.invoices.rotate_hosted_link import rotate_hosted_link
from invoicing.operations.invoices.send_invoice import send_invoice
from tests.builders import ACCOUNT, NOW, PAGE_URL, a_credit_note, a_customer, an_account, an_invoice, an_issued_invoice
from tests.fakes import FakeStore
from tests.office import Office


@pytest.fixture
def issued(store: FakeStore) -> Invoice:
    invoice = an_issued_invoice()
    store.keep(an_account(), a_customer(), invoice, PageLink(id="token_1", account=ACCOUNT, invoice_id=invoice.id))
    return invoice


def rotate(office: Office, if_version: int | None = None) -> Invoice:
    return office.run_use_case(lambda uow: rotate_hosted_link(uow, "inv_1", if_version=if_version))


def links(store: FakeStore) -> list[str]:
    return [each.id for each in store.all(PageLink)]


def test_the_new_link_replaces_the_old_one_in_one_transaction(
    office: Office, store: FakeStore, issued: Invoice
) -> None:
    rotated = rotate(office)
    assert links(store) == [rotated.page_token] != [issued.page_token]
    assert (store.all(Invoice), rotated.version, store.commits) == ([rotated], issued.version + 1, 1)
    (event,) = store.events.values()
    assert (event.type, event.data["changed"]) == ("invoice.updated", ["hosted_url"])


def test_two_at_once_leave_one_link(office: Office, store: FakeStore, issued: Invoice) -> None:
    other = Office(store, ids=office.ids)
    store.before_next_commit(lambda: rotate(other))
    last = rotate(office)
    assert links(store) == [last.page_token]
    assert last.version == issued.version + 2


def test_what_it_leaves_alone_is_the_sealed_content(office: Office, issued: Invoice) -> None:
    rotated = rotate(office)
    back = {"version": issued.version, "page_token": issued.page_token, "updated_at": issued.updated_at}
    assert replace(rotated, **back) == issued  # type: ignore[arg-type]


def test_credit_notes_that_were_changed_meanwhile_follow_all_the_same(
    office: Office, store: FakeStore, issued: Invoice
) -> None:
    note = a_credit_note(issued)
    store.keep(note, replace(issued, credit_notes=(note.on_invoice(),)))
    store.before_next_commit(lambda: store.keep(replace(note, version=2, sent_at=NOW)))
    rotated = rotate(office)
    (after,) = store.all(CreditNote)
    assert (after.page_token, after.sent_at, after.version) == (rotated.page_token, NOW, 3)
    assert after.content_hash == note.content_hash


@pytest.mark.parametrize("days", [None, 1, 3650])
def test_the_new_link_counts_from_its_own_issue(
    office: Office, store: FakeStore, issued: Invoice, days: int | None
) -> None:
    store.keep(an_account(hosted_link_days=days), replace(issued, page_expires_at=NOW - timedelta(days=1)))
    assert rotate(office).page_expires_at == (None if days is None else NOW + timedelta(days=days))


def test_only_what_has_a_page_can_be_rotated(office: Office, store: FakeStore, issued: Invoice) -> None:
    assert issued.page_token == "token_1"
    with pytest.raises(PreconditionFailed):
        rotate(office, if_version=9)
    for unissued in (an_invoice(), an_invoice(status=Status.CANCELLED)):
        store.keep(unissued)
        with pytest.raises(Conflict) as refused:
            rotate(office)
        assert (refused.value.code, links(store)) == ("INVALID_INVOICE_STATE", ["token_1"])
    with pytest.raises(NotFound):
        office.run_use_case(lambda uow: rotate_hosted_link(uow, "inv_404"))


class TestSentAgain:
    """An e-mail always has a link that works."""

    def send(self, office: Office, email: EmailRequest | None) -> Invoice:
        return office.run_use_case(lambda uow: send_invoice(uow, "inv_1", email, page_url=PAGE_URL))

    @pytest.mark.parametrize(("expires_in", "is_new"), [(1, False), (0, True), (-1, True)])
    def test_a_resend_replaces_an_expired_link_only(
        self, office: Office, store: FakeStore, issued: Invoice, expires_in: int, is_new: bool
    ) -> None:
        store.keep(replace(issued, page_expires_at=NOW + timedelta(seconds=expires_in)))
        sent = self.send(office, EmailRequest())
        assert (sent.page_token != "token_1") is is_new
        assert links(store) == [sent.page_token]
        assert store.all(Invoice) == [sent]

    def test_without_an_email_nothing_is_replaced(self, office: Office, store: FakeStore, issued: Invoice) -> None:
        store.keep(replace(issued, page_expires_at=NOW))
        assert self.send(office, None).page_token == "token_1"
