"""Sending the receipt of a payment: as often as it is asked for, and each e-mail once."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from invoicing.domain.deliveries.delivery import Delivery, DeliveryStatus
from invoicing.domain.deliveries.suppression import Suppression
from invoicing.domain.errors import Conflict, NotFound, PreconditionFailed, ValidationFailed
from invoicing.domain.payments.payment import Payment, PaymentStatus
from invoicing.operations.documents.order_email import EmailRequest
from invoicing.operations.payments.send_payment_receipt import send_payment_receipt
from invoicing.operations.reactions.deliver_email import LEASE, DeliveryInProgress
from invoicing.operations.reactions.record_mail_events import record_mail_events
from invoicing.operations.unit_of_work.ports import MailDeferred, MailRefused
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork
from tests.builders import NOW, a_customer, a_payment, an_account
from tests.fakes import Crash, FakeMailer, FakeStore
from tests.mail_service import mail_report
from tests.office import Office
from tests.operations.test_clock.clock_office import ACCOUNT, ClockOffice, a_test_key
from tests.sending import an_order, deliver_one, email_services, suppress


def send(office: Office, email: EmailRequest | None = None, if_version: int | None = None) -> Payment:
    return office.run_use_case(
        lambda uow: send_payment_receipt(uow, "pay_1", email or EmailRequest(), if_version=if_version)
    )


def reverse(store: FakeStore) -> None:
    """The payment is reversed by somebody else."""
    (payment,) = store.all(Payment)
    store.keep(replace(payment, version=payment.version + 1, status=PaymentStatus.REVERSED))


@pytest.fixture(autouse=True)
def _paid(store: FakeStore) -> None:
    store.keep(a_payment())


@pytest.fixture
def mailer() -> FakeMailer:
    return FakeMailer()


@pytest.fixture
def deliver(office: Office, store: FakeStore, mailer: FakeMailer) -> Callable[[], Delivery]:
    """What the worker does with the only delivery."""
    services = email_services(mailer)

    def once() -> Delivery:
        (delivery,) = store.all(Delivery)
        return deliver_one(office.uow(), services, an_order(delivery.id, document_id="pay_1", document="receipt"))

    return once


class TestOrder:
    """What a request stores."""

    def test_each_request_is_a_delivery_for_each_mailbox(self, office: Office, store: FakeStore) -> None:
        first = send(office, EmailRequest(to=("a@x.example",), bcc=("b@x.example",), subject="Hi"))
        again = send(office)
        assert (first, again.version) == (again, 1)
        one, hidden, two = store.all(Delivery)
        assert (one.recipient, one.to, one.subject) == ("a@x.example", ("a@x.example",), "Hi")
        assert (hidden.recipient, hidden.to, hidden.cc) == ("b@x.example", ("a@x.example",), ())
        assert (two.to, two.document_kind, two.document_id, two.hosted_url) == (
            ("ap@initech.example",), "receipt", "pay_1", "",
        )  # fmt: skip

    def test_the_event_names_the_deliveries_and_what_they_are_about(self, office: Office, store: FakeStore) -> None:
        send(office, EmailRequest(to=("a@x.example", "b@x.example")))
        (event,) = store.events.values()
        assert (event.type, event.resource_id, event.sequence) == ("payment.receipt_sent", "pay_1", 1)
        assert event.data["delivery_ids"] == [each.id for each in store.all(Delivery)]
        assert (event.data["email_requested"], event.data["document"], event.data["document_id"]) == (
            True, "receipt", "pay_1",
        )  # fmt: skip
        assert "@" not in str(event.data)

    def test_it_goes_to_the_customers_present_address(self, office: Office, store: FakeStore) -> None:
        store.keep(a_customer(version=4, email="new@initech.example", cc_emails=("boss@initech.example",)))
        send(office)
        assert [each.recipient for each in store.all(Delivery)] == ["new@initech.example", "boss@initech.example"]

    def test_an_address_that_changes_meanwhile_is_seen(self, office: Office, store: FakeStore) -> None:
        store.before_next_commit(lambda: store.keep(a_customer(version=2, email="new@initech.example")))
        send(office)
        assert [each.recipient for each in store.all(Delivery)] == ["new@initech.example"]

    def test_an_archived_customer_still_gets_it(self, office: Office, store: FakeStore) -> None:
        store.keep(a_customer(version=2, archived_at=NOW))
        send(office)
        assert [each.recipient for each in store.all(Delivery)] == ["ap@initech.example"]

    def test_a_suppressed_mailbox_is_left_out_and_named(self, office: Office, store: FakeStore) -> None:
        suppress(store, "dead@x.example")

        def use_case(uow: UnitOfWork) -> UnitOfWork:
            send_payment_receipt(uow, "pay_1", EmailRequest(cc=("dead@x.example",)))
            return uow

        sent = office.run_use_case(use_case)
        assert [(each.field, each.code) for each in sent.warnings] == [("cc[0]", "RECIPIENT_SUPPRESSED")]
        assert [(each.recipient, each.status) for each in store.all(Delivery)] == [
            ("ap@initech.example", DeliveryStatus.QUEUED), ("dead@x.example", DeliveryStatus.FAILED),
        ]  # fmt: skip
        assert store.event_types() == ["payment.receipt_sent", "payment.email_failed"]

    @pytest.mark.parametrize(
        ("customer", "field", "code"),
        [
            ({"email": None}, "to", "RECIPIENT_MISSING"),
            ({"email": "dead@x.example"}, "to[0]", "RECIPIENT_SUPPRESSED"),
        ],
    )
    def test_that_nobody_can_get_it_is_refused(
        self, office: Office, store: FakeStore, customer: dict[str, Any], field: str, code: str
    ) -> None:
        store.keep(a_customer(version=2, **customer))
        suppress(store, "dead@x.example")
        with pytest.raises(ValidationFailed) as refused:
            send(office)
        assert [(each.field, each.code) for each in refused.value.details] == [(field, code)]
        assert "send_email" not in refused.value.details[0].message
        assert (store.all(Delivery), store.commits) == ([], 0)

    def test_a_reversed_payment_has_no_receipt_to_send(self, office: Office, store: FakeStore) -> None:
        store.before_next_commit(lambda: reverse(store))
        for _ in range(2):
            with pytest.raises(Conflict) as refused:
                send(office)
            assert (refused.value.code, refused.value.extra["status"]) == ("INVALID_PAYMENT_STATE", "reversed")
        assert store.all(Delivery) == []

    def test_an_unknown_payment_or_another_version_is_refused(self, office: Office) -> None:
        with pytest.raises(NotFound) as refused:
            office.run_use_case(lambda uow: send_payment_receipt(uow, "pay_404", EmailRequest()))
        assert refused.value.code == "PAYMENT_NOT_FOUND"
        with pytest.raises(PreconditionFailed):
            send(office, if_version=2)


class TestDelivery:
    """What the worker makes of it."""

    def test_however_often_the_queue_says_it_the_receipt_is_sent_once(
        self, office: Office, store: FakeStore, mailer: FakeMailer, deliver: Callable[[], Delivery]
    ) -> None:
        send(office)
        assert [deliver().status for _ in range(3)] == [DeliveryStatus.SENT] * 3
        assert mailer.taken == [(b"None: 10000, with receipt of pay_1", "ap@initech.example")]
        (delivery,) = store.all(Delivery)
        assert mailer.tags == [{"account": "acc_1", "mode": "live", "delivery": delivery.id}]

    def test_of_two_workers_at_once_one_sends(
        self, office: Office, store: FakeStore, mailer: FakeMailer, deliver: Callable[[], Delivery]
    ) -> None:
        send(office)
        store.before_next_commit(deliver)
        assert deliver().status is DeliveryStatus.SENT
        assert len(mailer.taken) == 1

    def test_a_worker_killed_while_it_sends_leaves_it_unconfirmed(
        self, office: Office, store: FakeStore, mailer: FakeMailer, deliver: Callable[[], Delivery]
    ) -> None:
        send(office)
        mailer.next_outcomes = [Crash()]
        with pytest.raises(Crash):
            deliver()
        with pytest.raises(DeliveryInProgress):
            deliver()
        office.now = NOW + LEASE
        assert [deliver().status for _ in range(2)] == [DeliveryStatus.UNCONFIRMED] * 2
        assert len(mailer.taken) == 1
        assert store.event_types() == ["payment.receipt_sent", "payment.email_unconfirmed"]

    def test_a_payment_reversed_before_it_goes_out_is_not_confirmed(
        self, office: Office, store: FakeStore, mailer: FakeMailer, deliver: Callable[[], Delivery]
    ) -> None:
        send(office)
        reverse(store)
        skipped = deliver()
        assert (skipped.status, skipped.failure, mailer.taken) == (DeliveryStatus.SKIPPED, "reversed", [])
        assert store.event_types() == ["payment.receipt_sent"]

    def test_also_in_the_moment_before_the_mail_service_is_called(
        self, office: Office, store: FakeStore, mailer: FakeMailer, deliver: Callable[[], Delivery]
    ) -> None:
        send(office)
        store.before_next_commit(lambda: reverse(store))
        assert (deliver().status, mailer.taken) == (DeliveryStatus.SKIPPED, [])

    def test_and_while_it_waits_for_the_mail_service(
        self, office: Office, store: FakeStore, mailer: FakeMailer, deliver: Callable[[], Delivery]
    ) -> None:
        send(office)
        mailer.next_outcomes = [MailDeferred("Throttling")]
        with pytest.raises(MailDeferred):
            deliver()
        reverse(store)
        assert (deliver().status, mailer.taken) == (DeliveryStatus.SKIPPED, [])

    def test_a_refunded_payment_was_paid_all_the_same(
        self, office: Office, store: FakeStore, deliver: Callable[[], Delivery]
    ) -> None:
        send(office)
        (payment,) = store.all(Payment)
        store.keep(replace(payment, version=2, status=PaymentStatus.REFUNDED))
        assert deliver().status is DeliveryStatus.SENT

    def test_a_mailbox_suppressed_meanwhile_gets_nothing(
        self, office: Office, store: FakeStore, mailer: FakeMailer, deliver: Callable[[], Delivery]
    ) -> None:
        send(office)
        suppress(store, "AP@initech.example")
        failed = deliver()
        assert (failed.status, failed.failure, mailer.taken) == (DeliveryStatus.FAILED, "suppressed", [])
        assert store.event_types() == ["payment.receipt_sent", "payment.email_failed"]

    def test_a_refusal_shows_on_the_payments_events(
        self, office: Office, store: FakeStore, mailer: FakeMailer, deliver: Callable[[], Delivery]
    ) -> None:
        send(office)
        mailer.next_outcomes = [MailRefused("MessageRejected")]
        assert deliver().status is DeliveryStatus.FAILED
        assert [(each.type, each.sequence) for each in store.events.values()] == [
            ("payment.receipt_sent", 1), ("payment.email_failed", 2),
        ]  # fmt: skip
        assert store.all(Payment)[0].version == 1

    @pytest.mark.parametrize(("report", "event"), [("delivery", "delivered"), ("bounce", "bounced")])
    def test_reports_of_the_mail_service_are_told_of_the_payment_once(
        self, office: Office, store: FakeStore, deliver: Callable[[], Delivery], report: str, event: str
    ) -> None:
        send(office)
        delivery = deliver()
        for _ in range(2):
            office.run_use_case(lambda uow: record_mail_events(uow, mail_report(report, delivery.id)))
        assert store.event_types() == ["payment.receipt_sent", f"payment.email_{event}"]
        assert [(each.document_kind, each.document_id) for each in store.all(Suppression)] == (
            [("receipt", "pay_1")] if event == "bounced" else []
        )


def test_under_a_test_clock_it_is_simulated() -> None:
    frozen = ClockOffice(now=datetime(2026, 11, 22, 12, tzinfo=UTC))
    frozen.store.keep(an_account(account=ACCOUNT), a_customer(account=ACCOUNT), a_test_key("key_1"))
    frozen.store.keep(a_payment(account=ACCOUNT))
    frozen.set(datetime(2028, 2, 29, 8, tzinfo=UTC))
    email = EmailRequest(cc=("success@simulator.amazonses.com", "Billing@acme.example"))
    frozen.run_use_case(lambda uow: send_payment_receipt(uow, "pay_1", email))
    states = {each.recipient: each.status for each in frozen.store.all(Delivery)}
    assert states == {
        "ap@initech.example": DeliveryStatus.SIMULATED,
        "success@simulator.amazonses.com": DeliveryStatus.QUEUED,
        "Billing@acme.example": DeliveryStatus.QUEUED,
    }
    (event,) = (each for each in frozen.store.events.values() if each.type == "payment.receipt_sent")
    assert (event.occurred_at, len(event.data["delivery_ids"])) == (datetime(2028, 2, 29, 8, tzinfo=UTC), 2)
