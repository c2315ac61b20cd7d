"""The receipt of a payment as a document."""

import hashlib
from dataclasses import replace

import pytest

from invoicing.domain.payments.payment import Payment, PaymentStatus
from invoicing.operations.documents.receipt import RECEIPT
from invoicing.operations.documents.stored_pdf import StoredPdf
from tests.fakes import FakeObjectStore, FakeStore
from tests.office import Office
from tests.operations.settling import keep_booked, pay


class Renderer:
    """Says which time it is that it renders: no two renderings are the same."""

    def __init__(self) -> None:
        self.rendered: list[Payment] = []

    def __call__(self, payment: Payment, _: object = None) -> bytes:
        self.rendered.append(payment)
        return f"{len(self.rendered)} {payment.amount}".encode()


@pytest.fixture
def objects() -> FakeObjectStore:
    return FakeObjectStore()


@pytest.fixture
def render() -> Renderer:
    return Renderer()


@pytest.fixture
def payment(office: Office, store: FakeStore) -> Payment:
    keep_booked(store)
    return pay(office, "100")


def test_it_is_rendered_once_and_stays_the_same_to_the_byte_whatever_goes_back(
    payment: Payment, objects: FakeObjectStore, render: Renderer
) -> None:
    first = RECEIPT.pdf_of(payment, objects, render)
    again = RECEIPT.pdf_of(replace(payment, version=2, status=PaymentStatus.REVERSED), objects, render)
    assert again == first
    assert render.rendered == [payment]
    assert first.sha256 == hashlib.sha256(first.content).hexdigest()
    assert first.file_name == f"{payment.receipt_number}.pdf"
    assert objects.kept == {f"receipts/acc_1/{payment.id}.pdf": first.content}


def test_two_who_render_at_the_same_time_get_the_same_bytes(
    payment: Payment, objects: FakeObjectStore, render: Renderer
) -> None:
    theirs: list[StoredPdf] = []

    def overtaken(paid: Payment, _: object) -> bytes:
        mine = render(paid)
        theirs.append(RECEIPT.pdf_of(payment, objects, render))
        return mine

    assert RECEIPT.pdf_of(payment, objects, overtaken) == theirs[0]
