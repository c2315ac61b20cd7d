"""Blind copies of every e-mail to the addresses of the account: seen by nobody, and never the customer's business."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from invoicing.domain.deliveries.delivery import Delivery, DeliveryStatus
from invoicing.domain.deliveries.suppression import Suppression
from invoicing.domain.errors import ValidationFailed
from invoicing.domain.invoices.invoice import Invoice, Status
from invoicing.operations.credit_notes.send_credit_note import send_credit_note
from invoicing.operations.customers.get_customer_statement import Period
from invoicing.operations.customers.send_customer_statement import send_customer_statement
from invoicing.operations.documents.order_email import EmailRequest
from invoicing.operations.invoices.send_invoice import send_invoice
from invoicing.operations.payments.send_payment_receipt import send_payment_receipt
from invoicing.operations.reactions.deliver_email import LEASE, deliver_email
from invoicing.operations.reactions.record_mail_events import record_mail_events
from invoicing.operations.reminders.remind_customer import remind_customer
from invoicing.operations.unit_of_work.ports import MailRefused
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork
from tests.builders import NOW, PAGE_URL, a_credit_note, a_customer, a_payment, an_account, an_issued_invoice
from tests.fakes import Crash, FakeLedger, FakeMailer, FakeStore
from tests.mail_service import mail_report
from tests.office import Office
from tests.operations.test_clock.clock_office import ACCOUNT, ClockOffice, a_test_key
from tests.sending import an_order, email_services, suppress

COPY = "archive@acme.example"


def send(office: Office, email: EmailRequest | None = None) -> UnitOfWork:
    """The unit of work that sent it, which has the warnings."""

    def use_case(uow: UnitOfWork) -> UnitOfWork:
        send_invoice(uow, "inv_1", email or EmailRequest(), page_url=PAGE_URL)
        return uow

    return office.run_use_case(use_case)


def recipients(store: FakeStore) -> list[tuple[str | None, bool]]:
    return [(each.recipient, each.copy) for each in store.all(Delivery)]


def deliver(office: Office, store: FakeStore, mailer: FakeMailer) -> list[Delivery]:
    """What the worker does with an order of all deliveries."""
    order = an_order(*(each.id for each in store.all(Delivery)))
    return deliver_email(office.uow(), email_services(mailer), order)


@pytest.fixture(autouse=True)
def _copied(store: FakeStore) -> None:
    store.keep(an_account(bcc=(COPY,)), an_issued_invoice(), a_payment(), a_credit_note())


@pytest.fixture
def mailer() -> FakeMailer:
    return FakeMailer()


EVERY: dict[str, Callable[[UnitOfWork, FakeStore], Any]] = {
    "invoice": lambda uow, _: send_invoice(uow, "inv_1", EmailRequest(), page_url=PAGE_URL),
    "credit_note": lambda uow, _: send_credit_note(uow, "cn_1", EmailRequest(), page_url=PAGE_URL),
    "receipt": lambda uow, _: send_payment_receipt(uow, "pay_1", EmailRequest()),
    "statement": lambda uow, store: send_customer_statement(
        uow, "cust_123", Period(), EmailRequest(), FakeLedger(store)
    ),
    "reminder": lambda uow, _: remind_customer(uow, "inv_1", page_url=PAGE_URL),
}


@pytest.mark.parametrize("kind", EVERY)
def test_every_document_is_copied_and_its_headers_do_not_say_so(office: Office, store: FakeStore, kind: str) -> None:
    office.run_use_case(lambda uow: EVERY[kind](uow, store))
    to_customer, copy = store.all(Delivery)
    assert (to_customer.recipient, to_customer.copy) == ("ap@initech.example", False)
    assert (copy.recipient, copy.copy, copy.status, copy.document_kind) == (COPY, True, DeliveryStatus.QUEUED, kind)
    for each in (to_customer, copy):
        assert (each.to, each.cc) == (("ap@initech.example",), ())
    (event,) = (each for each in store.events.values() if each.data.get("email_requested"))
    assert event.data["delivery_ids"] == [to_customer.id, copy.id], "the worker sends both"


class TestWhoGetsOne:
    """Each mailbox gets one message."""

    @pytest.mark.parametrize("field", ["to", "cc", "bcc"])
    def test_who_gets_the_email_anyway_gets_no_copy(self, office: Office, store: FakeStore, field: str) -> None:
        asked: dict[str, Any] = {field: (COPY.upper(),)}
        send(office, EmailRequest(**asked))
        assert [each for each in recipients(store) if str(each[0]).lower() == COPY] == [(COPY.upper(), False)]

    def test_an_address_in_two_spellings_gets_one(self, office: Office, store: FakeStore) -> None:
        store.keep(an_account(bcc=("a@müller.example", "A@xn--mller-kva.example", COPY)))
        send(office)
        assert recipients(store)[1:] == [("a@müller.example", True), (COPY, True)]

    def test_without_one_to_send_to_there_is_nothing_to_copy(self, office: Office, store: FakeStore) -> None:
        store.keep(a_customer(version=2, email=None))
        with pytest.raises(ValidationFailed) as refused:
            send(office)
        assert refused.value.details[0].code == "RECIPIENT_MISSING"
        assert store.all(Delivery) == []

    def test_a_copy_does_not_make_up_for_suppressed_recipients(self, office: Office, store: FakeStore) -> None:
        suppress(store, "ap@initech.example")
        with pytest.raises(ValidationFailed) as refused:
            send(office)
        assert [each.field for each in refused.value.details] == ["to[0]"]
        assert store.all(Delivery) == []

    def test_what_fails_unattended_is_not_copied(self, office: Office, store: FakeStore) -> None:
        suppress(store, "ap@initech.example")
        send(office, EmailRequest(unattended=True))
        assert recipients(store) == [("ap@initech.example", False)]

    def test_a_suppressed_recipient_gets_no_copy_either(self, office: Office, store: FakeStore) -> None:
        suppress(store, COPY)
        sent = send(office, EmailRequest(cc=(COPY,)))
        assert [each.field for each in sent.warnings] == ["cc[0]"]
        assert recipients(store) == [("ap@initech.example", False), (COPY, False)]

    def test_a_new_setting_is_for_what_is_ordered_from_then_on(self, office: Office, store: FakeStore) -> None:
        send(office)
        store.keep(an_account(version=2, bcc=()))
        send(office)
        assert recipients(store) == [("ap@initech.example", False), (COPY, True), ("ap@initech.example", False)]


class TestWhatBecomesOfIt:
    """It is the account's own business."""

    def test_the_customer_cannot_see_it(self, office: Office, store: FakeStore, mailer: FakeMailer) -> None:
        send(office)
        assert {each.status for each in deliver(office, store, mailer)} == {DeliveryStatus.SENT}
        assert [recipient for _, recipient in mailer.taken] == ["ap@initech.example", COPY]
        assert not any(COPY.encode() in message for message, _ in mailer.taken)

    def test_its_bounce_is_not_the_customers(self, office: Office, store: FakeStore, mailer: FakeMailer) -> None:
        send(office)
        sent, copy = deliver(office, store, mailer)
        for _ in range(2):
            office.run_use_case(lambda uow: record_mail_events(uow, mail_report("bounce", copy.id)))
        assert store.event_types() == ["invoice.resent"]
        assert [each.status for each in store.all(Delivery)] == [DeliveryStatus.SENT, DeliveryStatus.BOUNCED]
        assert [each.id for each in store.all(Suppression)] == [COPY]
        office.run_use_case(lambda uow: record_mail_events(uow, mail_report("delivery", sent.id)))
        assert store.event_types() == ["invoice.resent", "invoice.email_delivered"]

    def test_suppressed_it_fails_alone_and_without_a_word(
        self, office: Office, store: FakeStore, mailer: FakeMailer
    ) -> None:
        suppress(store, COPY)
        assert send(office).warnings == []
        sent, copy = deliver(office, store, mailer)
        assert (sent.status, copy.status, copy.failure) == (DeliveryStatus.SENT, DeliveryStatus.FAILED, "suppressed")
        assert store.event_types() == ["invoice.resent"]

    def test_refused_by_the_mail_service_too(self, office: Office, store: FakeStore, mailer: FakeMailer) -> None:
        send(office)
        mailer.next_outcomes = [None, MailRefused("MessageRejected")]
        assert [each.status for each in deliver(office, store, mailer)] == [DeliveryStatus.SENT, DeliveryStatus.FAILED]
        assert store.event_types() == ["invoice.resent"]

    def test_a_worker_killed_while_it_sends_the_copy_sends_neither_again(
        self, office: Office, store: FakeStore, mailer: FakeMailer
    ) -> None:
        send(office)
        mailer.next_outcomes = [None, Crash()]
        with pytest.raises(Crash):
            deliver(office, store, mailer)
        office.now = NOW + LEASE
        ends = [DeliveryStatus.SENT, DeliveryStatus.UNCONFIRMED]
        assert [each.status for each in deliver(office, store, mailer)] == ends
        assert len(mailer.taken) == 2
        assert store.event_types() == ["invoice.resent"]

    def test_what_is_voided_before_it_goes_out_is_not_copied(
        self, office: Office, store: FakeStore, mailer: FakeMailer
    ) -> None:
        send(office)
        (invoice,) = store.all(Invoice)
        store.keep(replace(invoice, version=invoice.version + 1, status=Status.CANCELLED))
        assert {each.status for each in deliver(office, store, mailer)} == {DeliveryStatus.SKIPPED}
        assert mailer.taken == []


class TestUnderATestClock:
    """Pretended e-mails have no copies."""

    @pytest.fixture
    def frozen(self) -> ClockOffice:
        frozen = ClockOffice(now=datetime(2026, 11, 22, 12, tzinfo=UTC))
        copies = (COPY, "billing@acme.example", "success@simulator.amazonses.com")
        frozen.store.keep(an_account(account=ACCOUNT, bcc=copies), a_customer(account=ACCOUNT), a_test_key("key_1"))
        frozen.store.keep(an_issued_invoice(account=ACCOUNT))
        frozen.set(datetime(2028, 2, 29, 8, tzinfo=UTC))
        return frozen

    def test_a_simulated_one_is_not_copied(self, frozen: ClockOffice) -> None:
        send(frozen)
        assert [(each.recipient, each.status) for each in frozen.store.all(Delivery)] == [
            ("ap@initech.example", DeliveryStatus.SIMULATED)
        ]

    def test_one_that_is_sent_is_copied_to_where_e_mails_go_under_a_clock(self, frozen: ClockOffice) -> None:
        send(frozen, EmailRequest(to=("Billing@Acme.example", "ap@initech.example")))
        assert [(each.recipient, each.status, each.copy) for each in frozen.store.all(Delivery)] == [
            ("Billing@Acme.example", DeliveryStatus.QUEUED, False),
            ("ap@initech.example", DeliveryStatus.SIMULATED, False),
            ("success@simulator.amazonses.com", DeliveryStatus.QUEUED, True),
        ]
