"""The receipt of a payment."""

import hashlib
from dataclasses import replace

import pytest

from invoicing.domain.errors import NotFound
from invoicing.domain.payment import Payment, PaymentStatus
from invoicing.operations.get_payment_receipt import get_payment_receipt
from invoicing.operations.pdfs import StoredPdf
from tests.fakes import FakeDocuments, FakeStore, Office
from tests.operations.settling import keep_booked, pay


class Renderer:
    """Says which time it is that it renders: no two renderings are the same."""

    def __init__(self) -> None:
        self.rendered: list[Payment] = []

    def __call__(self, payment: Payment) -> bytes:
        self.rendered.append(payment)
        return f"{len(self.rendered)} {payment.amount}".encode()


@pytest.fixture
def documents() -> FakeDocuments:
    return FakeDocuments()


@pytest.fixture
def render() -> Renderer:
    return Renderer()


@pytest.fixture
def payment(office: Office, store: FakeStore) -> Payment:
    keep_booked(store)
    return pay(office, "100")


def receipt(office: Office, payment_id: str, documents: FakeDocuments, render: Renderer) -> StoredPdf:
    return get_payment_receipt(office.work(), payment_id, documents, render)


def test_it_is_rendered_once_and_stays_the_same_to_the_byte_whatever_goes_back(
    office: Office, store: FakeStore, payment: Payment, documents: FakeDocuments, render: Renderer
) -> None:
    first = receipt(office, payment.id, documents, render)
    store.keep(replace(payment, version=2, status=PaymentStatus.REVERSED))
    again = receipt(office, payment.id, documents, render)
    assert again == first
    assert render.rendered == [payment]
    assert first.sha256 == hashlib.sha256(first.content).hexdigest()
    assert first.file_name == f"receipt-{payment.id}.pdf"
    assert documents.kept == {f"receipts/acc_1/{payment.id}.pdf": first.content}


def test_two_who_render_at_the_same_time_get_the_same_bytes(
    office: Office, payment: Payment, documents: FakeDocuments, render: Renderer
) -> None:
    theirs: list[StoredPdf] = []

    def overtaken(paid: Payment) -> bytes:
        mine = render(paid)
        theirs.append(receipt(office, payment.id, documents, render))
        return mine

    assert get_payment_receipt(office.work(), payment.id, documents, overtaken) == theirs[0]


def test_an_unknown_payment_has_none(
    office: Office, store: FakeStore, payment: Payment, documents: FakeDocuments, render: Renderer
) -> None:
    other = Office(store, account="acc_1#test")
    for stranger, payment_id in ((office, "pay_404"), (other, payment.id)):
        with pytest.raises(NotFound) as refused:
            receipt(stranger, payment_id, documents, render)
        assert refused.value.code == "PAYMENT_NOT_FOUND"
    assert render.rendered == []
