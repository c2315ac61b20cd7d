"""Scheduling the sending of an invoice, and what happens when its time has come."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from invoicing.domain.deliveries.delivery import Delivery, DeliveryStatus
from invoicing.domain.due_work import Work
from invoicing.domain.errors import Conflict, PreconditionFailed, ValidationFailed
from invoicing.domain.invoices.invoice import Status
from invoicing.domain.invoices.page_link import PageLink
from invoicing.domain.ledger.entry import LedgerEntry
from invoicing.domain.numbering.series import NumberReservation
from invoicing.operations.documents.order_email import EmailRequest
from invoicing.operations.invoices.send_invoice import send_invoice
from tests.builders import NOW, PAGE_URL, a_customer, a_new_invoice, an_account, an_invoice, an_issued_invoice
from tests.fakes import Crash, FakeStore
from tests.office import Office
from tests.operations.scheduling import TIME, TO_CUSTOMER, TOMORROW, event, run, send, stored, tick
from tests.operations.settling import a_credit


class TestScheduling:
    def test_the_invoice_stays_a_draft_and_says_when_it_is_sent(self, office: Office, store: FakeStore) -> None:
        store.keep(an_invoice())
        invoice = send(office, TOMORROW)
        assert (invoice.status, invoice.number, invoice.version) == (Status.DRAFT, None, 2)
        assert invoice.scheduled_send is not None
        assert invoice.scheduled_send.at == TIME
        assert stored(store) == invoice
        assert (store.all(Delivery), store.all(PageLink)) == ([], [])
        assert store.event_types() == ["invoice.updated"]
        said = event(store, "invoice.updated")
        assert (said["changed"], said["scheduled_send_at"]) == (["scheduled_send_at"], "2026-11-23T12:00:00.000Z")

    def test_a_second_time_replaces_the_first_with_all_that_was_asked(self, office: Office, store: FakeStore) -> None:
        store.keep(an_invoice())
        send(office, TOMORROW, EmailRequest(to=("first@x.example",), message="First"))
        send(office, "2026-11-25T12:00", EmailRequest(subject="Second"))
        assert run(office) == []
        assert run(office, NOW + timedelta(days=3)) == [Work.SCHEDULED_SEND]
        (delivery,) = store.all(Delivery)
        assert (delivery.to, delivery.subject, delivery.message) == (("ap@initech.example",), "Second", None)

    def test_the_same_again_changes_nothing(self, office: Office, store: FakeStore) -> None:
        store.keep(an_invoice())
        first = send(office, TOMORROW)
        assert (send(office, TOMORROW), store.commits) == (first, 1)

    def test_somebody_must_be_there_to_send_it_to(self, office: Office, store: FakeStore) -> None:
        nobody = a_customer(email=None)
        store.keep(nobody, an_invoice(customer=nobody))
        with pytest.raises(ValidationFailed) as refused:
            send(office, TOMORROW)
        assert refused.value.details[0].code == "RECIPIENT_MISSING"
        assert (store.commits, store.event_types()) == (0, [])
        send(office, TOMORROW, None)
        send(office, TOMORROW, EmailRequest(to=("else@x.example",)))
        assert store.commits == 2

    @pytest.mark.parametrize("at", ["2026-11-22T12:00", "2026-11-22T11:59:59Z", "2020-01-01T00:00"])
    def test_a_time_that_has_passed_is_refused(self, office: Office, store: FakeStore, at: str) -> None:
        store.keep(an_invoice())
        with pytest.raises(ValidationFailed) as refused:
            send(office, at)
        assert (refused.value.details[0].field, refused.value.details[0].code) == ("send_at", "SEND_AT_INVALID")
        assert store.commits == 0

    def test_a_cancelled_invoice_and_another_version_are_refused(self, office: Office, store: FakeStore) -> None:
        store.keep(an_issued_invoice(status=Status.CANCELLED))
        with pytest.raises(Conflict):
            send(office, TOMORROW)
        store.keep(an_invoice())
        with pytest.raises(PreconditionFailed):
            send(office, TOMORROW, if_version=2)
        assert send(office, TOMORROW, if_version=1).version == 2


class TestTheTimeHasCome:
    def test_the_year_of_the_accounts_zone_decides_number_and_dates(self, office: Office, store: FakeStore) -> None:
        berlin = an_account(time_zone="Europe/Berlin")
        office.now = datetime(2026, 12, 30, 10, tzinfo=UTC)
        store.keep(berlin, an_invoice(by=berlin))
        assert send(office, "2027-01-01T00:30").status is Status.DRAFT
        # In UTC it is 2026 until the end.
        time = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
        assert run(office, time - timedelta(milliseconds=1)) == []
        assert stored(store).status is Status.DRAFT
        assert run(office, time) == [Work.SCHEDULED_SEND]
        invoice = stored(store)
        assert (invoice.status, invoice.number, invoice.sent_at) == (Status.SENT, "INV-2027-001", time)
        assert (invoice.issue_date, invoice.due_date) == (date(2027, 1, 1), date(2027, 1, 31))
        assert invoice.scheduled_send is None

    def test_it_is_issued_booked_and_mailed_in_one_commit(self, office: Office, store: FakeStore) -> None:
        store.keep(an_invoice())
        send(office, TOMORROW, EmailRequest(cc=("b@x.example",), bcc=("c@x.example",), message="Hello"))
        commits = store.commits
        run(office)
        assert store.commits == commits + 1
        delivery, *others = store.all(Delivery)
        assert (delivery.status, delivery.to, delivery.cc, delivery.message) == (
            DeliveryStatus.QUEUED, ("ap@initech.example",), ("b@x.example",), "Hello",
        )  # fmt: skip
        assert [each.recipient for each in (delivery, *others)] == [
            "ap@initech.example", "b@x.example", "c@x.example",
        ]  # fmt: skip
        assert delivery.hosted_url == f"{PAGE_URL}/{stored(store).page_token}"
        assert [entry.amount for entry in store.all(LedgerEntry)] == [183600]
        assert store.event_types() == ["invoice.updated", "invoice.sent"]
        sent = event(store, "invoice.sent")
        assert (sent["email_requested"], sent["scheduled_send_at"]) == (True, None)
        assert sent["delivery_ids"] == [each.id for each in (delivery, *others)]

    def test_an_issue_date_that_was_given_stays(self, office: Office, store: FakeStore) -> None:
        store.keep(an_invoice(a_new_invoice(issue_date=date(2026, 11, 20))))
        send(office, TOMORROW)
        run(office)
        assert (stored(store).issue_date, stored(store).due_date) == (date(2026, 11, 20), date(2026, 12, 20))

    def test_what_was_left_open_is_that_of_the_customer_then(self, office: Office, store: FakeStore) -> None:
        store.keep(an_invoice())
        send(office, TOMORROW)
        store.keep(a_customer(version=2, name="Initrode", email="new@initrode.example", archived_at=NOW))
        run(office)
        assert stored(store).buyer.name == "Initrode"
        assert [delivery.to for delivery in store.all(Delivery)] == [("new@initrode.example",)]

    def test_it_can_be_marked_as_sent_without_email(self, office: Office, store: FakeStore) -> None:
        store.keep(an_invoice())
        send(office, TOMORROW, None)
        run(office)
        assert (stored(store).status, store.all(Delivery)) == (Status.SENT, [])
        assert event(store, "invoice.sent")["email_requested"] is False

    def test_credit_pays_it_where_the_account_says_so(self, office: Office, store: FakeStore) -> None:
        store.keep(an_account(apply_credit="auto"), an_invoice(), a_credit(183600))
        send(office, TOMORROW)
        run(office)
        invoice = stored(store)
        assert (invoice.status, invoice.amount_due, invoice.scheduled_send) == (Status.PAID, 0, None)
        assert store.event_types()[1:] == ["invoice.sent", "invoice.paid", "payment.created", "payment.succeeded"]

    @pytest.mark.parametrize("status", [Status.SENT, Status.VIEWED, Status.OVERDUE, Status.PARTIALLY_PAID, Status.PAID])
    def test_an_issued_invoice_is_sent_again(self, office: Office, store: FakeStore, status: Status) -> None:
        issued = an_issued_invoice(status=status)
        store.keep(issued)
        send(office, TOMORROW)
        assert run(office) == [Work.SCHEDULED_SEND]
        invoice = stored(store)
        assert (invoice.status, invoice.number, invoice.sent_at) == (status, issued.number, issued.sent_at)
        assert [delivery.to for delivery in store.all(Delivery)] == [("ap@initech.example",)]
        assert store.event_types() == ["invoice.updated", "invoice.updated", "invoice.resent"]
        assert run(office) == []

    def test_late_or_often_it_happens_once(self, office: Office, store: FakeStore) -> None:
        store.keep(an_invoice())
        send(office, TOMORROW)
        late = NOW + timedelta(days=30)
        assert [run(office, late + timedelta(minutes=minute)) for minute in range(50)].count([Work.SCHEDULED_SEND]) == 1
        assert len(store.all(Delivery)) == len(store.all(NumberReservation)) == 1
        assert store.event_types() == ["invoice.updated", "invoice.sent"]

    @pytest.mark.parametrize("written", [False, True])
    def test_a_tick_that_dies_is_made_up_for_once(self, office: Office, store: FakeStore, written: bool) -> None:
        store.keep(an_invoice())
        send(office, TOMORROW)
        office.now, commit = TIME, store.commit

        def die(*given: Any) -> None:
            if written:
                commit(*given)
            raise Crash

        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(store, "commit", die)
            with pytest.raises(Crash):
                tick(office.uow)
        assert stored(store).status is (Status.SENT if written else Status.DRAFT)
        assert tick(office.uow) == ([] if written else [Work.SCHEDULED_SEND])
        assert len(store.all(Delivery)) == len(store.all(NumberReservation)) == 1

    def test_an_account_that_moved_east_later_is_early_and_one_that_moved_west_waits(
        self, office: Office, store: FakeStore
    ) -> None:
        store.keep(an_invoice())
        send(office, TOMORROW)
        store.keep(an_account(version=2, time_zone="America/New_York"))
        assert run(office) == [Work.SCHEDULED_SEND]
        waiting = stored(store)
        assert (waiting.status, waiting.scheduled_send and waiting.scheduled_send.at) == (
            Status.DRAFT, TIME + timedelta(hours=5),
        )  # fmt: skip
        assert event(store, "invoice.updated")["scheduled_send_at"] == "2026-11-23T17:00:00.000Z"
        assert run(office, TIME + timedelta(hours=5)) == [Work.SCHEDULED_SEND]
        assert stored(store).status is Status.SENT

    def test_an_instant_does_not_move_with_the_account(self, office: Office, store: FakeStore) -> None:
        store.keep(an_invoice())
        send(office, TOMORROW + ":00Z")
        store.keep(an_account(version=2, time_zone="America/New_York"))
        run(office)
        assert stored(store).status is Status.SENT


def test_an_overdue_invoice_with_a_send_of_that_instant_is_overdue_first(office: Office, store: FakeStore) -> None:
    """So that what goes out says so."""
    issued = an_issued_invoice()
    midnight = datetime.combine(issued.due_date + timedelta(days=1), datetime.min.time(), UTC)
    store.keep(replace(issued, next_overdue_at=midnight))
    send(office, midnight.strftime("%Y-%m-%dT%H:%M"))
    assert run(office, midnight) == [Work.OVERDUE, Work.SCHEDULED_SEND]
    assert store.event_types() == ["invoice.updated", "invoice.overdue", "invoice.updated", "invoice.resent"]


def test_a_draft_is_sent_without_what_only_a_request_knows(office: Office, store: FakeStore) -> None:
    """The address of the page is that of the request that scheduled it."""
    store.keep(an_invoice())
    elsewhere = "https://elsewhere.example/i"
    at = datetime.fromisoformat(TOMORROW)
    office.run_use_case(lambda uow: send_invoice(uow, "inv_1", TO_CUSTOMER, page_url=elsewhere, send_at=at))
    run(office)
    assert [delivery.hosted_url.rpartition("/")[0] for delivery in store.all(Delivery)] == [elsewhere]
