"""Sending a credit note again."""

from collections.abc import Callable

import pytest

from invoicing.domain.credit_notes.credit_note import CreditNote
from invoicing.domain.deliveries.delivery import Delivery, DeliveryStatus
from invoicing.domain.errors import NotFound, PreconditionFailed
from invoicing.operations.credit_notes.send_credit_note import send_credit_note
from invoicing.operations.documents.order_email import EmailRequest
from invoicing.operations.unit_of_work.ports import MailRefused
from tests.builders import NOW, PAGE_URL, a_credit_note
from tests.fakes import FakeMailer, FakeStore
from tests.office import Office
from tests.sending import an_order, deliver_one, email_services


def send(office: Office, email: EmailRequest | None = None, if_version: int | None = None) -> CreditNote:
    return office.run_use_case(
        lambda uow: send_credit_note(uow, "cn_1", email or EmailRequest(), page_url=PAGE_URL, if_version=if_version)
    )


@pytest.fixture
def mailer() -> FakeMailer:
    return FakeMailer()


@pytest.fixture
def deliver(office: Office, mailer: FakeMailer) -> Callable[[str], Delivery]:
    services = email_services(mailer)
    return lambda delivery_id: deliver_one(
        office.uow(), services, an_order(delivery_id, document_id="cn_1", document="credit_note")
    )


def test_each_request_is_one_delivery(office: Office, store: FakeStore) -> None:
    store.keep(a_credit_note())
    first = send(office, EmailRequest(to=("a@x.example",), bcc=("b@x.example",), subject="Hi"))
    again = send(office)
    assert (first.version, first.sent_at, again) == (2, NOW, first)
    one, hidden, two = store.all(Delivery)
    assert (one.recipient, one.to, one.subject) == ("a@x.example", ("a@x.example",), "Hi")
    assert (hidden.recipient, hidden.to, hidden.cc) == ("b@x.example", ("a@x.example",), ())
    assert (two.to, two.subject, two.document_kind, two.document_id) == (
        ("ap@initech.example",), None, "credit_note", "cn_1",
    )  # fmt: skip
    assert store.event_types() == ["credit_note.sent", "credit_note.resent"]


def test_an_unknown_note_or_another_version_is_refused(office: Office, store: FakeStore) -> None:
    with pytest.raises(NotFound) as refused:
        send(office)
    assert refused.value.code == "CREDIT_NOTE_NOT_FOUND"
    store.keep(a_credit_note())
    with pytest.raises(PreconditionFailed):
        send(office, if_version=2)


def test_its_email_is_delivered_once(
    office: Office, store: FakeStore, mailer: FakeMailer, deliver: Callable[[str], Delivery]
) -> None:
    store.keep(a_credit_note())
    send(office)
    (delivery,) = store.all(Delivery)
    assert [deliver(delivery.id).status for _ in range(3)] == [DeliveryStatus.SENT] * 3
    assert mailer.taken == [(b"None: CN-2026-001, with PDF of CN-2026-001", "ap@initech.example")]


def test_a_refusal_shows_on_its_timeline(
    office: Office, store: FakeStore, mailer: FakeMailer, deliver: Callable[[str], Delivery]
) -> None:
    store.keep(a_credit_note())
    send(office)
    (delivery,) = store.all(Delivery)
    mailer.next_outcomes = [MailRefused("MessageRejected")]
    assert deliver(delivery.id).status is DeliveryStatus.FAILED
    assert store.event_types() == ["credit_note.sent", "credit_note.email_failed"]
