"""The PDF of an invoice."""

import hashlib

import pytest

from invoicing.domain.errors import NotFound
from invoicing.domain.invoices.invoice import Invoice, Status
from invoicing.operations.documents.invoice import INVOICE
from invoicing.operations.documents.stored_pdf import StoredPdf
from invoicing.operations.invoices.get_invoice_pdf import get_invoice_pdf
from tests.builders import an_account, an_invoice, an_issued_invoice
from tests.fakes import FakeObjectStore, FakeStore
from tests.office import Office


class Renderer:
    """Says what it was given, and which time it is that it renders: no two renderings are the same."""

    def __init__(self) -> None:
        self.rendered: list[Invoice] = []

    def __call__(self, invoice: Invoice, _: object = None) -> bytes:
        self.rendered.append(invoice)
        seller = invoice.seller.name if invoice.seller else "nobody"
        return f"{len(self.rendered)} {seller} {invoice.total} {invoice.notes}".encode()


@pytest.fixture
def documents() -> FakeObjectStore:
    return FakeObjectStore()


@pytest.fixture
def render() -> Renderer:
    return Renderer()


def pdf(office: Office, documents: FakeObjectStore, render: Renderer) -> StoredPdf:
    return get_invoice_pdf(office.uow(), "inv_1", documents, render)


def test_an_issued_invoice_is_rendered_once_and_stays_the_same_to_the_byte(
    office: Office, store: FakeStore, documents: FakeObjectStore, render: Renderer
) -> None:
    store.keep(an_issued_invoice())
    first = pdf(office, documents, render)
    store.keep(an_issued_invoice(version=9, status=Status.PAID), an_account(version=2, name="Renamed"))
    again = pdf(office, documents, render)
    assert again == first
    assert len(render.rendered) == 1
    assert first.sha256 == hashlib.sha256(first.content).hexdigest()
    assert documents.kept == {first.name: first.content}


def test_two_who_render_at_the_same_time_get_the_same_bytes(
    office: Office, store: FakeStore, documents: FakeObjectStore, render: Renderer
) -> None:
    store.keep(an_issued_invoice())

    def overtaken(invoice: Invoice, _: object) -> bytes:
        mine = render(invoice)
        theirs.append(pdf(office, documents, render))
        return mine

    theirs: list[StoredPdf] = []
    mine = get_invoice_pdf(office.uow(), "inv_1", documents, overtaken)
    assert mine == theirs[0]
    assert len(render.rendered) == 2


def test_a_draft_is_rendered_anew_with_the_account_of_today(
    office: Office, store: FakeStore, documents: FakeObjectStore, render: Renderer
) -> None:
    store.keep(an_invoice())
    before = pdf(office, documents, render)
    store.keep(an_account(version=2, name="Renamed"), an_invoice(version=2, notes="New"))
    after = pdf(office, documents, render)
    assert (before.content, after.content) == (b"1 Acme Studio GmbH 183600 None", b"2 Renamed 183600 New")
    assert before.name != after.name
    assert documents.kept == {before.name: before.content, after.name: after.content}


def test_a_preview_never_becomes_the_invoice(
    office: Office, store: FakeStore, documents: FakeObjectStore, render: Renderer
) -> None:
    store.keep(an_invoice())
    preview = pdf(office, documents, render)
    store.keep(an_issued_invoice())
    assert pdf(office, documents, render).content != preview.content


def test_invoices_of_live_and_test_mode_have_different_documents(
    office: Office, store: FakeStore, documents: FakeObjectStore, render: Renderer
) -> None:
    store.keep(an_issued_invoice(), an_issued_invoice(account="acc_1#test"), an_account(account="acc_1#test"))
    live = pdf(office, documents, render)
    test = pdf(Office(store, account="acc_1#test"), documents, render)
    assert live.name != test.name


@pytest.mark.parametrize(
    ("number", "file_name"),
    [("INV-2026-001", "INV-2026-001.pdf"), ('a/../b "c"\r\n', "a-..-b-c-.pdf"), ("№ 7", "-7.pdf")],
)
def test_the_file_is_named_after_the_invoice_and_safely(
    documents: FakeObjectStore, number: str, file_name: str
) -> None:
    assert INVOICE.pdf_of(an_issued_invoice(number=number), documents, Renderer()).file_name == file_name


def test_an_unknown_invoice_has_no_pdf(office: Office, documents: FakeObjectStore, render: Renderer) -> None:
    with pytest.raises(NotFound) as refused:
        pdf(office, documents, render)
    assert refused.value.code == "INVOICE_NOT_FOUND"
    assert render.rendered == []
