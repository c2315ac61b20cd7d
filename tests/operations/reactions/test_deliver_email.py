"""Sending one e-mail once."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from invoicing.domain.deliveries.delivery import Delivery, DeliveryStatus
from invoicing.domain.errors import NotFound
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.invoices.lifecycle import mark_viewed, void
from invoicing.operations.documents.document_type import SendableDocument
from invoicing.operations.documents.failed_texts import tell_of_failed_text
from invoicing.operations.documents.invoice import INVOICE
from invoicing.operations.reactions.deliver_email import LEASE, DeliveryInProgress, deliver_email
from invoicing.operations.unit_of_work.ports import MailDeferred, MailRefused, MailUnconfirmed
from tests.builders import NOW, a_delivery, an_issued_invoice
from tests.fakes import Crash, FakeMailer, FakeStore
from tests.office import Office
from tests.sending import an_order, deliver_one, email_services

SECOND = timedelta(seconds=1)


@pytest.fixture
def mailer() -> FakeMailer:
    return FakeMailer()


@pytest.fixture
def deliver(office: Office, store: FakeStore, mailer: FakeMailer) -> Callable[[], Delivery]:
    store.keep(an_issued_invoice(), a_delivery(subject="Hi", cc=("c@x.example",)))
    services = email_services(mailer)
    return lambda: deliver_one(office.uow(), services)


def status(store: FakeStore) -> DeliveryStatus:
    (delivery,) = store.all(Delivery)
    return delivery.status


type Deliver = Callable[[], Delivery]


def test_an_email_goes_to_its_recipient_with_the_pdf(deliver: Deliver, store: FakeStore, mailer: FakeMailer) -> None:
    delivery = deliver()
    assert (delivery.status, delivery.message_id, delivery.failure) == (DeliveryStatus.SENT, "message-1", None)
    assert store.all(Delivery) == [delivery]
    assert mailer.taken == [(b"Hi: INV-2026-001, with PDF of INV-2026-001", "ap@initech.example")]
    assert mailer.tags == [{"account": "acc_1", "mode": "live", "delivery": "dlv_1"}]
    assert store.event_types() == []


def test_however_often_it_is_tried_an_email_is_sent_once(
    deliver: Deliver, store: FakeStore, mailer: FakeMailer
) -> None:
    first = deliver()
    assert [deliver() for _ in range(5)] == [first] * 5
    assert len(mailer.taken) == 1


def test_the_attempt_is_noted_before_the_mail_service_is_asked(
    deliver: Deliver, store: FakeStore, mailer: FakeMailer
) -> None:
    noted: list[DeliveryStatus] = []
    mailer.while_sending = lambda: noted.append(status(store))
    deliver()
    assert noted == [DeliveryStatus.SENDING]


def test_of_two_attempts_at_once_one_sends(deliver: Deliver, store: FakeStore, mailer: FakeMailer) -> None:
    store.before_next_commit(deliver)
    assert deliver().status is DeliveryStatus.SENT
    assert len(mailer.taken) == 1
    assert status(store) is DeliveryStatus.SENT


def test_an_attempt_waits_while_another_one_is_sending(deliver: Deliver, store: FakeStore, mailer: FakeMailer) -> None:
    refusals: list[bool] = []

    def also_try() -> None:
        with pytest.raises(DeliveryInProgress):
            deliver()
        refusals.append(True)

    mailer.while_sending = also_try
    assert deliver().status is DeliveryStatus.SENT
    assert (refusals, len(mailer.taken)) == ([True], 1)


def test_after_a_crash_nothing_happens_before_the_lease_is_over(
    deliver: Deliver, office: Office, store: FakeStore, mailer: FakeMailer
) -> None:
    mailer.next_outcomes = [Crash()]
    with pytest.raises(Crash):
        deliver()
    for waited in (timedelta(0), LEASE - SECOND):
        office.now = NOW + waited
        with pytest.raises(DeliveryInProgress):
            deliver()
    assert (status(store), len(mailer.taken)) == (DeliveryStatus.SENDING, 1)


def test_after_a_crash_an_email_that_may_have_been_sent_is_never_sent_again(
    deliver: Deliver, office: Office, store: FakeStore, mailer: FakeMailer
) -> None:
    mailer.next_outcomes = [Crash()]
    with pytest.raises(Crash):
        deliver()
    office.now = NOW + LEASE
    unconfirmed = deliver()
    assert unconfirmed.status is DeliveryStatus.UNCONFIRMED
    assert unconfirmed.failure
    office.now = NOW + 10 * LEASE
    assert deliver() == unconfirmed
    assert len(mailer.taken) == 1


def test_an_answer_that_was_lost_leaves_it_unconfirmed(deliver: Deliver, store: FakeStore, mailer: FakeMailer) -> None:
    mailer.next_outcomes = [MailUnconfirmed("ReadTimeoutError")]
    first = deliver()
    assert (first.status, first.failure) == (DeliveryStatus.UNCONFIRMED, "no_answer")
    assert deliver() == first
    assert len(mailer.taken) == 1


def test_a_deferred_email_is_queued_again_and_sent_later(
    deliver: Deliver, store: FakeStore, mailer: FakeMailer
) -> None:
    mailer.next_outcomes = [MailDeferred("Throttling"), MailDeferred("Throttling")]
    for _ in range(2):
        with pytest.raises(MailDeferred):
            deliver()
        (delivery,) = store.all(Delivery)
        assert (delivery.status, delivery.failure) == (DeliveryStatus.QUEUED, "deferred")
    delivery = deliver()
    assert (delivery.status, delivery.failure) == (DeliveryStatus.SENT, None)
    assert len(mailer.taken) == 1


def test_a_refused_email_failed_for_good_and_shows_on_the_timeline(
    deliver: Deliver, store: FakeStore, mailer: FakeMailer
) -> None:
    mailer.next_outcomes = [MailRefused("MessageRejected")]
    delivery = deliver()
    assert (delivery.status, delivery.failure) == (DeliveryStatus.FAILED, "rejected")
    assert store.event_types() == ["invoice.email_failed"]
    (event,) = store.events.values()
    assert (event.data["delivery_id"], event.data["failure"]) == ("dlv_1", "rejected")
    assert deliver() == delivery
    assert (store.event_types(), mailer.taken) == (["invoice.email_failed"], [])


def test_an_invoice_cancelled_before_its_email_went_out_is_not_sent(
    deliver: Deliver, store: FakeStore, mailer: FakeMailer
) -> None:
    store.keep(void(an_issued_invoice(), None, NOW))
    delivery = deliver()
    assert (delivery.status, delivery.failure) == (DeliveryStatus.SKIPPED, "cancelled")
    assert deliver() == delivery
    assert (mailer.taken, store.event_types()) == ([], [])


def test_an_invoice_cancelled_while_its_email_is_made_is_not_sent(
    deliver: Deliver, store: FakeStore, mailer: FakeMailer
) -> None:
    store.before_next_commit(lambda: store.keep(void(an_issued_invoice(), None, NOW)))
    assert deliver().status is DeliveryStatus.SKIPPED
    assert mailer.taken == []


def test_a_deferred_email_of_an_invoice_that_is_cancelled_then_is_not_sent(
    deliver: Deliver, store: FakeStore, mailer: FakeMailer
) -> None:
    mailer.next_outcomes = [MailDeferred("Throttling")]
    with pytest.raises(MailDeferred):
        deliver()
    store.keep(void(an_issued_invoice(), None, NOW))
    assert deliver().status is DeliveryStatus.SKIPPED
    assert mailer.taken == []


def test_an_invoice_opened_while_its_email_is_made_is_sent_all_the_same(
    deliver: Deliver, store: FakeStore, mailer: FakeMailer
) -> None:
    store.before_next_commit(lambda: store.keep(mark_viewed(an_issued_invoice(), NOW)))
    assert deliver().status is DeliveryStatus.SENT
    assert len(mailer.taken) == 1


def test_what_fails_before_the_mail_service_is_asked_leaves_it_queued(
    office: Office, store: FakeStore, mailer: FakeMailer
) -> None:
    store.keep(an_issued_invoice(), a_delivery())

    def broken(_: object, __: object) -> bytes:
        raise Crash

    with pytest.raises(Crash):
        deliver_email(office.uow(), email_services(mailer, render=broken), an_order())
    assert (status(store), mailer.taken) == (DeliveryStatus.QUEUED, [])


def test_a_delivery_or_invoice_that_does_not_exist_is_not_found(
    office: Office, store: FakeStore, mailer: FakeMailer
) -> None:
    services = email_services(mailer)
    store.keep(a_delivery())
    for delivery_id, invoice_id in (("dlv_1", "inv_404"), ("dlv_404", "inv_1")):
        with pytest.raises(NotFound):
            deliver_email(office.uow(), services, an_order(delivery_id, document_id=invoice_id))
    assert mailer.taken == []


def test_own_texts_that_fail_are_reported_once_for_all_emails_of_the_invoice(
    office: Office, store: FakeStore, mailer: FakeMailer
) -> None:
    failing = ["footer"]

    def compose(*_: object) -> bytes:
        for name in failing:
            tell_of_failed_text(name)
        return b"mail"

    store.keep(an_issued_invoice(), *(a_delivery(id=f"dlv_{number}") for number in range(4)))
    documents = {"invoice": SendableDocument(type=INVOICE, compose=compose)}
    services = replace(email_services(mailer), documents=documents)
    deliver_email(office.uow(), services, an_order("dlv_0", "dlv_1"))
    assert store.event_types() == ["invoice.text_failed"]
    failing += ["header", "header"]
    deliver_email(office.uow(), services, an_order("dlv_2"))
    deliver_email(office.uow(), services, an_order("dlv_3"))
    assert [store.events[each].data["failed_texts"] for each in sorted(store.events)] == [["footer"], ["header"]]
    (invoice,) = store.all(Invoice)
    assert (invoice.failed_texts, invoice.version) == (("footer", "header"), an_issued_invoice().version)
    assert invoice.content_hash == an_issued_invoice().content_hash
    tell_of_failed_text("footer")  # nobody listens
