"""What the page of an invoice leads to: nothing that names another invoice."""

from dataclasses import replace
from datetime import timedelta

import pytest

from invoicing.domain.errors import Gone, NotFound
from invoicing.domain.invoices.page_link import PageLink
from invoicing.domain.payments.payment import PaymentStatus
from invoicing.operations.pages.download_hosted_document import download_hosted_document
from tests.builders import NOW, a_credit_note, a_payment
from tests.documents.sample_portals import settled
from tests.fakes import FakeStore
from tests.office import Office


@pytest.fixture
def visitor(store: FakeStore) -> Office:
    invoice = replace(settled(), page_token="token_1")
    store.keep(PageLink(id="token_1", account="acc_1", invoice_id=invoice.id), invoice)
    store.keep(*(a_credit_note(id=each) for each in ("cn_1", "cn_2", "cn_3")))
    store.keep(*(a_payment(id=each) for each in ("pay_1", "pay_2", "pay_4")))
    store.keep(a_payment(id="pay_3", status=PaymentStatus.REVERSED))
    return Office(store, account="")


@pytest.mark.parametrize("document_id", ["cn_1", "cn_2", "pay_1"])
def test_it_shows_credit_notes_of_the_invoice_and_payments_of_it_alone(visitor: Office, document_id: str) -> None:
    assert download_hosted_document(visitor.uow(), "token_1", document_id).id == document_id


@pytest.mark.parametrize("document_id", ["pay_2", "pay_3", "pay_4", "cn_3", "inv_007", ""])
def test_what_names_other_invoices_is_as_unknown_as_what_is_not_there(visitor: Office, document_id: str) -> None:
    with pytest.raises(NotFound):
        download_hosted_document(visitor.uow(), "token_1", document_id)


def test_it_ends_with_the_link_and_is_no_view(visitor: Office, store: FakeStore) -> None:
    ended = replace(settled(), page_token="token_1", page_expires_at=NOW - timedelta(days=1), version=2)
    before = store.event_types()
    visitor.run_use_case(lambda uow: download_hosted_document(uow, "token_1", "cn_1"))
    assert store.event_types() == before
    store.keep(ended)
    with pytest.raises(Gone):
        download_hosted_document(visitor.uow(), "token_1", "cn_1")
    with pytest.raises(NotFound):
        download_hosted_document(visitor.uow(), "nobody-knows-it", "cn_1")
