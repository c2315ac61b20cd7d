"""What follows from the mail service's reports: states, events and suppressions, each once."""

from datetime import timedelta
from itertools import permutations
from typing import Any

import pytest

from invoicing.domain.deliveries.delivery import Delivery, DeliveryStatus
from invoicing.domain.deliveries.suppression import FailureStreak, Suppression
from invoicing.domain.reminders.reminder_mail import ReminderMail
from invoicing.operations.reactions.deliver_email import LEASE, DeliveryInProgress, deliver_email
from invoicing.operations.reactions.record_mail_events import MailReport, record_mail_events
from invoicing.operations.unit_of_work.ports import MailUnconfirmed
from tests.builders import ACCOUNT, NOW, a_credit_note, a_delivery, an_issued_invoice
from tests.fakes import Crash, FakeMailer, FakeStore
from tests.mail_service import SIMULATOR, mail_report
from tests.office import Office
from tests.sending import an_order, email_services


def record(office: Office, *reports: MailReport) -> list[str]:
    return [office.run_use_case(lambda uow, each=report: record_mail_events(uow, each)) for report in reports]  # type: ignore[misc]


@pytest.fixture(autouse=True)
def _sent(store: FakeStore) -> None:
    store.keep(an_issued_invoice(), a_delivery(status=DeliveryStatus.SENT, message_id="message-1"))


def delivery(store: FakeStore) -> Delivery:
    return store.all(Delivery)[0]


def failures(count: int, store: FakeStore) -> list[MailReport]:
    """Reports of so many failures of different e-mails to one mailbox."""
    ids = [f"dlv_{number}" for number in range(1, count + 1)]
    store.keep(*(a_delivery(id=each, status=DeliveryStatus.SENT) for each in ids))
    return [mail_report("bounce_timed_out", each) for each in ids]


def test_what_became_of_a_reminder_is_told_of_the_invoice_that_it_was_worded_for(
    office: Office, store: FakeStore
) -> None:
    mail = ReminderMail(
        account=ACCOUNT,
        id="rem_1",
        customer_id="cust_123",
        day=NOW.date(),
        invoices=(("inv_2", None), ("inv_1", 7)),
        created_at=NOW,
    )
    store.keep(mail, a_delivery(document_kind="reminder", document_id="rem_1", status=DeliveryStatus.SENT))
    assert record(office, mail_report("bounce"), mail_report("bounce")) == ["recorded", "known"]
    assert delivery(store).status is DeliveryStatus.BOUNCED
    (event,) = store.events.values()
    assert (event.type, event.resource_id, event.data["delivery_id"]) == ("invoice.email_bounced", "inv_1", "dlv_1")
    (suppression,) = store.all(Suppression)
    assert (suppression.document_kind, suppression.document_id) == ("invoice", "inv_1")


class TestStateAndEvent:
    """The state of a delivery, and the event of its document."""

    @pytest.mark.parametrize(
        ("name", "status", "failure"),
        [
            ("delivery", "delivered", None),
            ("bounce", "bounced", "invalid_address"),
            ("bounce_mailbox_full", "failed", "mailbox_full"),
            ("reject", "failed", "rejected"),
        ],
    )
    def test_an_event_says_which_delivery_and_why(
        self, office: Office, store: FakeStore, name: str, status: str, failure: str | None
    ) -> None:
        assert record(office, mail_report(name)) == ["recorded"]
        assert (delivery(store).status, delivery(store).failure) == (status, failure)
        (recorded,) = store.events.values()
        assert (recorded.type, recorded.data["delivery_id"]) == (f"invoice.email_{status}", "dlv_1")
        assert recorded.data.get("failure") == failure
        assert "@" not in str(recorded.data)
        assert store.commits == 1

    def test_reports_that_come_again_change_nothing(self, office: Office, store: FakeStore) -> None:
        reports = [mail_report("delivery"), mail_report("bounce")]
        assert record(office, *reports) == ["recorded"] * 2
        before = (store.entities.copy(), store.events.copy())
        assert record(office, *reports * 3) == ["known"] * 6
        assert (store.entities, store.events) == before

    @pytest.mark.parametrize("names", list(permutations(["delivery", "bounce_mailbox_full", "bounce", "complaint"])))
    def test_each_state_has_one_event_in_any_order(
        self, office: Office, store: FakeStore, names: tuple[str, ...]
    ) -> None:
        record(office, *(mail_report(name) for name in names * 2))
        assert delivery(store).status is DeliveryStatus.COMPLAINED
        assert len(store.events) == len(set(store.event_types()))
        assert len(delivery(store).history) == 4
        (suppression,) = store.all(Suppression)
        assert suppression.reason in {"bounced", "complained"}

    def test_a_failure_that_was_announced_is_not_announced_again(self, office: Office, store: FakeStore) -> None:
        """It seemed to have come back, was delivered after all, and then came back."""
        names = ["bounce_out_of_office", "delivery", "bounce_mailbox_full"]
        record(office, *(mail_report(name) for name in names))
        assert store.event_types() == ["invoice.email_failed", "invoice.email_delivered"]
        assert delivery(store).status is DeliveryStatus.FAILED

    def test_a_delay_is_kept_without_an_event(self, office: Office, store: FakeStore) -> None:
        record(office, *(mail_report("delivery_delay", at=NOW + timedelta(hours=hours)) for hours in (1, 2, 3)))
        assert (delivery(store).status, delivery(store).delayed_since) == (
            DeliveryStatus.SENT,
            NOW + timedelta(hours=1),
        )
        assert (store.event_types(), len(delivery(store).history)) == ([], 3)

    def test_a_credit_note_has_events_of_its_own(self, office: Office, store: FakeStore) -> None:
        note = a_credit_note()
        store.keep(note, a_delivery(status=DeliveryStatus.SENT, document_kind="credit_note", document_id=note.id))
        record(office, mail_report("bounce"))
        assert store.event_types() == ["credit_note.email_bounced"]
        (suppression,) = store.all(Suppression)
        assert (suppression.document_kind, suppression.document_id) == ("credit_note", note.id)

    @pytest.mark.parametrize("report", [mail_report("bounce", "dlv_404"), mail_report("bounce", account="acc_2")])
    def test_an_unknown_delivery_is_passed_over(self, office: Office, store: FakeStore, report: MailReport) -> None:
        office.account = report.account
        assert record(office, report) == ["unknown_delivery"]
        assert (store.events, store.all(Suppression)) == ({}, [])

    def test_two_reports_at_once_are_both_recorded(self, office: Office, store: FakeStore) -> None:
        store.before_next_commit(lambda: record(office, mail_report("delivery")))
        record(office, mail_report("bounce"))
        assert (delivery(store).status, len(delivery(store).history)) == (DeliveryStatus.BOUNCED, 2)
        assert store.event_types() == ["invoice.email_delivered", "invoice.email_bounced"]

    def test_the_same_report_twice_at_once_is_recorded_once(self, office: Office, store: FakeStore) -> None:
        store.before_next_commit(lambda: record(office, mail_report("bounce")))
        assert record(office, mail_report("bounce")) == ["known"]
        assert store.event_types() == ["invoice.email_bounced"]
        assert len(store.all(Suppression)) == 1


class TestReportsAndAttempts:
    """A report can come before the answer to the request that sent the message, or without one."""

    @pytest.fixture
    def mailer(self, office: Office, store: FakeStore) -> FakeMailer:
        store.keep(a_delivery())
        return FakeMailer()

    def send(self, office: Office, mailer: FakeMailer) -> Delivery:
        (sent,) = deliver_email(office.uow(), email_services(mailer), an_order())
        return sent

    def test_a_report_before_the_answer_stays(self, office: Office, store: FakeStore, mailer: FakeMailer) -> None:
        mailer.while_sending = lambda: record(office, mail_report("bounce"))
        assert self.send(office, mailer).status is DeliveryStatus.BOUNCED
        assert (delivery(store).status, delivery(store).message_id) == (DeliveryStatus.BOUNCED, "message-1")
        assert self.send(office, mailer).status is DeliveryStatus.BOUNCED
        assert (len(mailer.taken), store.event_types()) == (1, ["invoice.email_bounced"])

    def test_a_report_after_the_answer_was_lost_says_what_became_of_it(
        self, office: Office, store: FakeStore, mailer: FakeMailer
    ) -> None:
        mailer.next_outcomes = [MailUnconfirmed("ReadTimeoutError")]
        assert self.send(office, mailer).status is DeliveryStatus.UNCONFIRMED
        record(office, mail_report("delivery"))
        assert (delivery(store).status, delivery(store).failure) == (DeliveryStatus.DELIVERED, None)
        assert store.event_types() == ["invoice.email_unconfirmed", "invoice.email_delivered"]

    def test_a_report_while_nobody_knows_whether_it_was_sent_ends_the_doubt(
        self, office: Office, store: FakeStore, mailer: FakeMailer
    ) -> None:
        mailer.next_outcomes = [Crash()]
        with pytest.raises(Crash):
            self.send(office, mailer)
        with pytest.raises(DeliveryInProgress):
            self.send(office, mailer)
        record(office, mail_report("delivery"))
        office.now = NOW + LEASE
        assert self.send(office, mailer).status is DeliveryStatus.DELIVERED
        assert (len(mailer.taken), store.event_types()) == (1, ["invoice.email_delivered"])

    def test_an_answer_that_is_lost_after_a_report_is_not_missed(
        self, office: Office, store: FakeStore, mailer: FakeMailer
    ) -> None:
        mailer.while_sending = lambda: record(office, mail_report("delivery"))
        mailer.next_outcomes = [MailUnconfirmed("ReadTimeoutError")]
        assert self.send(office, mailer).status is DeliveryStatus.DELIVERED
        assert store.event_types() == ["invoice.email_delivered"]


class TestSuppressions:
    """Who gets no e-mail any more."""

    @pytest.mark.parametrize(("name", "reason"), [("bounce", "bounced"), ("complaint", "complained")])
    def test_a_bounce_or_complaint_suppresses_the_mailbox(
        self, office: Office, store: FakeStore, name: str, reason: str
    ) -> None:
        store.keep(a_delivery(status=DeliveryStatus.SENT, recipient="Bob@Example.COM"))
        record(office, mail_report(name))
        (suppression,) = store.all(Suppression)
        assert (suppression.id, suppression.address, suppression.reason) == (
            "bob@example.com", "Bob@Example.COM", reason,
        )  # fmt: skip
        assert (suppression.delivery_id, suppression.document_id) == ("dlv_1", "inv_1")

    @pytest.mark.parametrize(
        "name",
        ["delivery", "delivery_delay", "reject", "bounce_mailbox_full", "bounce_out_of_office", "bounce_suppressed"],
    )
    def test_nothing_else_does(self, office: Office, store: FakeStore, name: str) -> None:
        record(office, mail_report(name))
        assert store.all(Suppression) == []

    def test_the_third_failure_in_a_row_does(self, office: Office, store: FakeStore) -> None:
        *first, third = failures(3, store)
        record(office, *first * 2)
        assert store.all(Suppression) == []
        record(office, third)
        (suppression,) = store.all(Suppression)
        assert (suppression.reason, suppression.delivery_id) == ("repeated_soft_bounces", "dlv_3")

    def test_one_that_arrives_in_between_ends_the_row(self, office: Office, store: FakeStore) -> None:
        first, second, third, fourth = failures(4, store)
        arrived = mail_report("delivery", "dlv_3")
        record(office, first, second, arrived, fourth)
        assert store.all(Suppression) == []
        record(office, third)
        assert store.all(Suppression) == []

    def test_another_mailbox_has_a_row_of_its_own(self, office: Office, store: FakeStore) -> None:
        reports = failures(3, store)
        store.keep(a_delivery(id="dlv_3", status=DeliveryStatus.SENT, recipient="other@initech.example"))
        record(office, *reports)
        assert store.all(Suppression) == []
        assert len(store.all(FailureStreak)) == 2

    def test_a_list_of_the_mail_service_is_no_failure_of_the_mailbox(self, office: Office, store: FakeStore) -> None:
        failures(4, store)
        record(office, *(mail_report("bounce_suppressed", f"dlv_{number}") for number in range(1, 5)))
        assert store.all(Suppression) == []

    def test_what_arrives_costs_no_count_of_failures(self, office: Office, store: FakeStore) -> None:
        record(office, mail_report("delivery"))
        assert store.all(FailureStreak) == []

    def test_one_that_is_suppressed_keeps_its_reason(self, office: Office, store: FakeStore) -> None:
        record(office, mail_report("bounce"))
        before = store.all(Suppression)
        record(office, mail_report("complaint"))
        assert store.all(Suppression) == before

    def test_three_failures_at_once_suppress_once(self, office: Office, store: FakeStore) -> None:
        first, second, third = failures(3, store)
        store.before_next_commit(lambda: record(office, second))
        store.before_next_commit(lambda: record(office, third))
        record(office, first)
        (streak,) = store.all(FailureStreak)
        assert (streak.failed, len(store.all(Suppression))) == (("dlv_1", "dlv_2", "dlv_3"), 1)

    @pytest.mark.parametrize(
        ("address", "reasons"),
        [
            ("success@simulator.amazonses.com", []),
            ("bounce@simulator.amazonses.com", ["bounced"]),
            ("ooto@simulator.amazonses.com", []),
            ("complaint@simulator.amazonses.com", ["complained"]),
            ("suppressionlist@simulator.amazonses.com", []),
        ],
    )
    def test_the_addresses_of_the_simulator(
        self, office: Office, store: FakeStore, address: str, reasons: list[Any]
    ) -> None:
        store.keep(a_delivery(status=DeliveryStatus.SENT, recipient=address))
        record(office, *(mail_report(name) for name in SIMULATOR[address]))
        assert [(each.id, each.reason) for each in store.all(Suppression)] == [(address, reason) for reason in reasons]
