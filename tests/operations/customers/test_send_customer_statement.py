"""Sending the statement of a customer: as often as it is asked for, each e-mail once, of what is booked then."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from invoicing.domain.deliveries.delivery import Delivery, DeliveryStatus
from invoicing.domain.errors import NotFound, ValidationFailed
from invoicing.domain.ledger.statement_mail import StatementMail
from invoicing.domain.parties.customer import Customer
from invoicing.operations.customers import get_customer_statement as module
from invoicing.operations.customers.get_customer_statement import Period
from invoicing.operations.customers.send_customer_statement import send_customer_statement
from invoicing.operations.documents.document_type import SendableDocument
from invoicing.operations.documents.order_email import EmailRequest
from invoicing.operations.documents.statement import MailedStatement, statement_of
from invoicing.operations.reactions.deliver_email import LEASE, EmailServices
from invoicing.operations.reactions.record_mail_events import record_mail_events
from invoicing.operations.unit_of_work.ports import MailDeferred, ObjectStore
from tests.builders import NOW, a_customer, an_account
from tests.fakes import Crash, FakeLedger, FakeMailer, FakeObjectStore, FakeStore
from tests.mail_service import mail_report
from tests.office import Office
from tests.operations.settling import an_entry, keep_booked
from tests.operations.test_clock.clock_office import ACCOUNT, ClockOffice, a_test_key
from tests.sending import an_order, deliver_one, suppress


def send(
    office: Office, store: FakeStore, period: Period | None = None, email: EmailRequest | None = None
) -> StatementMail:
    ledger = FakeLedger(store)
    return office.run_use_case(
        lambda uow: send_customer_statement(uow, "cust_123", period or Period(), email or EmailRequest(), ledger)
    )


def compose(statement: MailedStatement, _: Delivery, __: ObjectStore) -> bytes:
    """The period, the day and the closing balances."""
    assert statement.found is not None
    first, found = statement.found.statements[0], statement.found
    balances = [f"{each.currency} {each.closing_balance}" for each in found.statements]
    return f"{first.start} to {first.end}, made {found.made_on}: {', '.join(balances)}".encode()


@pytest.fixture
def mailer() -> FakeMailer:
    return FakeMailer()


@pytest.fixture
def deliver(office: Office, store: FakeStore, mailer: FakeMailer) -> Callable[[], Delivery]:
    """What the worker does with the first delivery."""
    document = SendableDocument(type=statement_of(FakeLedger(store)), compose=compose)
    services = EmailServices(objects=FakeObjectStore(), mailer=mailer, documents={"statement": document})

    def once() -> Delivery:
        delivery, *_ = store.all(Delivery)
        order = an_order(delivery.id, document_id=delivery.document_id, document="statement")
        return deliver_one(office.uow(), services, order)

    return once


type Deliver = Callable[[], Delivery]


class TestOrder:
    """What a request stores."""

    def test_each_request_is_an_email_of_its_own(self, office: Office, store: FakeStore) -> None:
        email = EmailRequest(to=("a@x.example",), bcc=("b@x.example",), subject="Hi")
        first = send(office, store, Period(start=date(2026, 10, 1), end=date(2026, 10, 31), currency="EUR"), email)
        again = send(office, store)
        one, hidden, two = store.all(Delivery)
        assert (first.start, first.end, first.currency, first.delivery_ids) == (
            date(2026, 10, 1), date(2026, 10, 31), "EUR", (one.id, hidden.id),
        )  # fmt: skip
        assert (again.start, again.end, again.currency, again.day) == (
            date(2026, 11, 1), NOW.date(), None, NOW.date(),
        )  # fmt: skip
        assert (one.to, hidden.to, hidden.recipient, one.subject) == (
            ("a@x.example",), ("a@x.example",), "b@x.example", "Hi",
        )  # fmt: skip
        assert (two.recipient, two.document_kind, two.document_id, two.hosted_url) == (
            "ap@initech.example", "statement", again.id, "",
        )  # fmt: skip

    def test_the_event_is_the_customers_and_leaves_its_version(self, office: Office, store: FakeStore) -> None:
        mail = send(office, store)
        (event,) = store.events.values()
        assert (event.type, event.resource_id, event.sequence) == ("customer.statement_sent", "cust_123", 1)
        assert (event.data["delivery_ids"], event.data["document"], event.data["document_id"]) == (
            list(mail.delivery_ids), "statement", mail.id,
        )  # fmt: skip
        assert "@" not in str(event.data)
        assert store.all(Customer)[0].version == 1

    def test_today_is_that_of_the_accounts_time_zone(self, office: Office, store: FakeStore) -> None:
        store.keep(an_account(time_zone="Pacific/Auckland"))
        office.now = datetime(2026, 11, 30, 12, tzinfo=UTC)
        mail = send(office, store)
        assert (mail.start, mail.end, mail.day) == (date(2026, 12, 1),) * 3

    def test_an_address_that_changes_meanwhile_is_seen(self, office: Office, store: FakeStore) -> None:
        store.before_next_commit(lambda: store.keep(a_customer(version=2, email="new@initech.example")))
        send(office, store)
        assert [each.recipient for each in store.all(Delivery)] == ["new@initech.example"]
        assert len(store.all(StatementMail)) == 1

    def test_an_archived_customer_still_gets_it(self, office: Office, store: FakeStore) -> None:
        store.keep(a_customer(version=2, archived_at=NOW))
        send(office, store)
        assert [each.recipient for each in store.all(Delivery)] == ["ap@initech.example"]

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
            send(office, store)
        assert [(each.field, each.code) for each in refused.value.details] == [(field, code)]
        assert (store.all(Delivery), store.all(StatementMail), store.commits) == ([], [], 0)

    def test_a_statement_that_cannot_be_made_is_not_promised(
        self, office: Office, store: FakeStore, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with pytest.raises(ValidationFailed) as refused:
            send(office, store, Period(start=date(2026, 11, 2), end=date(2026, 11, 1)))
        assert [(each.field, each.code) for each in refused.value.details] == [("start_date", "DATE_INVALID")]
        store.keep(an_entry(id="ent_1"), an_entry(id="ent_2"))
        monkeypatch.setattr(module, "MOST_MOVEMENTS", 1)
        with pytest.raises(ValidationFailed) as refused:
            send(office, store)
        assert [(each.field, each.code) for each in refused.value.details] == [("start_date", "QUERY_TOO_BROAD")]
        assert store.commits == 0

    def test_an_unknown_customer_gets_none(self, office: Office, store: FakeStore) -> None:
        with pytest.raises(NotFound):
            office.run_use_case(
                lambda uow: send_customer_statement(uow, "no", Period(), EmailRequest(), FakeLedger(store))
            )


class TestDelivery:
    """What the worker makes of it."""

    def test_however_often_the_queue_says_it_the_statement_is_sent_once(
        self, office: Office, store: FakeStore, mailer: FakeMailer, deliver: Deliver
    ) -> None:
        keep_booked(store)
        send(office, store)
        assert [deliver().status for _ in range(3)] == [DeliveryStatus.SENT] * 3
        assert mailer.taken == [(b"2026-11-01 to 2026-11-22, made 2026-11-22: USD 183600", "ap@initech.example")]

    def test_it_shows_what_is_booked_when_it_is_sent_and_the_period_and_day_of_the_request(
        self, office: Office, store: FakeStore, mailer: FakeMailer, deliver: Deliver
    ) -> None:
        keep_booked(store)
        send(office, store)
        store.keep(
            an_entry(id="ent_1", amount=-100000, movement="payment"),
            an_entry(id="ent_2", amount=5, date=date(2026, 12, 1)),
            an_entry(id="ent_3", amount=700, currency="EUR"),
        )
        office.now = NOW + timedelta(days=40)
        deliver()
        ((message, _),) = mailer.taken
        assert message == b"2026-11-01 to 2026-11-22, made 2026-11-22: EUR 700, USD 83600"

    def test_of_one_currency_it_has_no_other(
        self, office: Office, store: FakeStore, mailer: FakeMailer, deliver: Deliver
    ) -> None:
        store.keep(an_entry(id="ent_1", amount=5), an_entry(id="ent_2", amount=700, currency="JPY"))
        send(office, store, Period(currency="JPY"))
        deliver()
        assert mailer.taken[0][0].endswith(b": JPY 700")

    def test_of_two_workers_at_once_one_sends(
        self, office: Office, store: FakeStore, mailer: FakeMailer, deliver: Deliver
    ) -> None:
        send(office, store)
        store.before_next_commit(deliver)
        assert deliver().status is DeliveryStatus.SENT
        assert len(mailer.taken) == 1

    def test_a_worker_killed_while_it_sends_leaves_it_unconfirmed(
        self, office: Office, store: FakeStore, mailer: FakeMailer, deliver: Deliver
    ) -> None:
        send(office, store)
        mailer.next_outcomes = [Crash()]
        with pytest.raises(Crash):
            deliver()
        office.now = NOW + LEASE
        assert [deliver().status for _ in range(2)] == [DeliveryStatus.UNCONFIRMED] * 2
        assert len(mailer.taken) == 1
        assert store.event_types() == ["customer.statement_sent", "customer.email_unconfirmed"]

    def test_one_that_waits_for_the_mail_service_is_made_anew(
        self, office: Office, store: FakeStore, mailer: FakeMailer, deliver: Deliver
    ) -> None:
        send(office, store)
        mailer.next_outcomes = [MailDeferred("Throttling")]
        with pytest.raises(MailDeferred):
            deliver()
        keep_booked(store)
        deliver()
        assert [message.rpartition(b" ")[2] for message, _ in mailer.taken] == [b"183600"]

    def test_a_customer_renamed_in_the_last_moment_is_read_again(
        self, office: Office, store: FakeStore, deliver: Deliver
    ) -> None:
        send(office, store)
        (customer,) = store.all(Customer)
        store.before_next_commit(lambda: store.keep(replace(customer, version=2, name="Initrode")))
        assert deliver().status is DeliveryStatus.SENT

    def test_a_customer_removed_meanwhile_gets_nothing(
        self, office: Office, store: FakeStore, mailer: FakeMailer, deliver: Deliver
    ) -> None:
        send(office, store)
        store.before_next_commit(lambda: _remove(store))
        skipped = deliver()
        assert (skipped.status, skipped.failure, mailer.taken) == (DeliveryStatus.SKIPPED, "customer_deleted", [])

    def test_reports_of_what_a_removed_customer_got_change_the_delivery_alone(
        self, office: Office, store: FakeStore, deliver: Deliver
    ) -> None:
        send(office, store)
        delivery = deliver()
        _remove(store)
        office.run_use_case(lambda uow: record_mail_events(uow, mail_report("bounce", delivery.id)))
        assert store.all(Delivery)[0].status is DeliveryStatus.BOUNCED
        assert store.event_types() == ["customer.statement_sent"]

    def test_so_does_an_attempt_that_died_before_the_customer_was_removed(
        self, office: Office, store: FakeStore, mailer: FakeMailer, deliver: Deliver
    ) -> None:
        send(office, store)
        mailer.next_outcomes = [Crash()]
        with pytest.raises(Crash):
            deliver()
        _remove(store)
        office.now = NOW + LEASE
        assert deliver().status is DeliveryStatus.UNCONFIRMED
        assert store.event_types() == ["customer.statement_sent"]

    def test_entries_that_have_become_too_many_are_not_cut(
        self,
        office: Office,
        store: FakeStore,
        mailer: FakeMailer,
        deliver: Deliver,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        send(office, store)
        store.keep(an_entry(id="ent_1"), an_entry(id="ent_2"))
        monkeypatch.setattr(module, "MOST_MOVEMENTS", 1)
        skipped = deliver()
        assert (skipped.status, skipped.failure, mailer.taken) == (DeliveryStatus.SKIPPED, "too_long", [])

    @pytest.mark.parametrize(("report", "event"), [("delivery", "delivered"), ("bounce", "bounced")])
    def test_reports_of_the_mail_service_are_told_of_the_customer_once(
        self, office: Office, store: FakeStore, deliver: Deliver, report: str, event: str
    ) -> None:
        send(office, store)
        delivery = deliver()
        for _ in range(2):
            office.run_use_case(lambda uow: record_mail_events(uow, mail_report(report, delivery.id)))
        assert store.event_types() == ["customer.statement_sent", f"customer.email_{event}"]


def _remove(store: FakeStore) -> None:
    (customer,) = store.all(Customer)
    del store.entities[Customer, customer.account, customer.id]


def test_under_a_test_clock_it_is_simulated_and_dated_by_the_clock() -> None:
    frozen = ClockOffice(now=datetime(2026, 11, 22, 12, tzinfo=UTC))
    frozen.store.keep(an_account(account=ACCOUNT), a_customer(account=ACCOUNT), a_test_key("key_1"))
    frozen.set(datetime(2028, 2, 29, 8, tzinfo=UTC))
    mail = send(frozen, frozen.store)
    assert (mail.start, mail.end, mail.day) == (date(2028, 2, 1), date(2028, 2, 29), date(2028, 2, 29))
    assert [each.status for each in frozen.store.all(Delivery)] == [DeliveryStatus.SIMULATED]
    (event,) = (each for each in frozen.store.events.values() if each.type == "customer.statement_sent")
    assert ("email_requested" in event.data, len(mail.delivery_ids)) == (False, 1)
