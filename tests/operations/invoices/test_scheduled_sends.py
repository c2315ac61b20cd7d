"""Scheduling the sending of an invoice, and what happens when its time has come."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from invoicing.domain.deliveries.delivery import Delivery, DeliveryStatus
from invoicing.domain.due_work import Work
from invoicing.domain.errors import Conflict, NotFound, PreconditionFailed, ValidationFailed
from invoicing.domain.invoices.invoice import Invoice, Status
from invoicing.domain.invoices.page_link import PageLink
from invoicing.domain.ledger.entry import LedgerEntry
from invoicing.domain.numbering.series import NumberReservation
from invoicing.operations.documents.order_email import EmailRequest
from invoicing.operations.invoices.cancel_scheduled_send import cancel_scheduled_send
from invoicing.operations.invoices.delete_invoice import delete_invoice
from invoicing.operations.invoices.revise_invoice import revise_invoice
from invoicing.operations.invoices.send_invoice import send_invoice
from invoicing.operations.invoices.update_invoice import update_invoice
from invoicing.operations.invoices.void_invoice import void_invoice
from invoicing.operations.invoices.write_off_invoice import write_off_invoice
from invoicing.operations.payments.record_invoice_payment import NewPayment, record_invoice_payment
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork
from tests.builders import NOW, PAGE_URL, a_customer, a_line, a_new_invoice, an_account, an_invoice, an_issued_invoice
from tests.fakes import Crash, FakeStore
from tests.office import Office
from tests.operations.scheduling import TO_CUSTOMER, send, tick
from tests.operations.settling import a_credit

TOMORROW = "2026-11-23T12:00"
TIME = NOW + timedelta(days=1)


def stored(store: FakeStore) -> Invoice:
    (invoice,) = store.all(Invoice)
    return invoice


def run(office: Office, at: datetime = TIME) -> list[Work]:
    office.now = at
    return tick(office.uow)


def event(store: FakeStore, event_type: str) -> Any:
    """What the last event of a type says."""
    return [each for _, each in sorted(store.events.items()) if each.type == event_type][-1].data


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
        (delivery,) = store.all(Delivery)
        assert (delivery.status, delivery.to, delivery.cc, delivery.bcc, delivery.message) == (
            DeliveryStatus.QUEUED, ("ap@initech.example",), ("b@x.example",), ("c@x.example",), "Hello",
        )  # fmt: skip
        assert delivery.hosted_url == f"{PAGE_URL}/{stored(store).page_token}"
        assert [entry.amount for entry in store.all(LedgerEntry)] == [183600]
        assert store.event_types() == ["invoice.updated", "invoice.sent"]
        sent = event(store, "invoice.sent")
        assert (sent["email_requested"], sent["delivery_id"], sent["scheduled_send_at"]) == (True, delivery.id, None)

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
        assert store.event_types() == ["invoice.updated", "invoice.updated", "invoice.sent"]
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


def void(uow: UnitOfWork) -> None:
    void_invoice(uow, "inv_1", None)


def pay(amount: str) -> Any:
    return lambda uow: record_invoice_payment(uow, "inv_1", NewPayment(amount=Decimal(amount), method="cash"))


class TestAnotherMind:
    """What happens to an invoice before the time of its send."""

    def test_a_deleted_draft_is_not_sent(self, office: Office, store: FakeStore) -> None:
        store.keep(an_invoice())
        send(office, TOMORROW)
        office.run_use_case(lambda uow: delete_invoice(uow, "inv_1"))
        assert (run(office), store.all(Invoice), store.all(Delivery)) == ([], [], [])

    def test_changed_content_goes_out(self, office: Office, store: FakeStore) -> None:
        store.keep(an_invoice())
        send(office, TOMORROW)
        changes = {"lines": (a_line("1", "5"),), "notes": "Changed"}
        assert office.run_use_case(lambda uow: update_invoice(uow, "inv_1", changes)).scheduled_send is not None
        run(office)
        assert (stored(store).status, stored(store).total, stored(store).notes) == (Status.SENT, 500, "Changed")

    @pytest.mark.parametrize(
        ("change", "status"),
        [
            (void, Status.CANCELLED),
            (lambda uow: void_invoice(uow, "inv_1", None, credit_note=False), Status.CANCELLED),
            (lambda uow: revise_invoice(uow, "inv_1", None), Status.CANCELLED),
            (lambda uow: write_off_invoice(uow, "inv_1", None), Status.PAID),
            (pay("1836"), Status.PAID),
        ],
    )
    def test_what_ends_an_issued_invoice_ends_its_send(
        self, office: Office, store: FakeStore, change: Any, status: Status
    ) -> None:
        store.keep(an_issued_invoice())
        send(office, TOMORROW)
        office.run_use_case(change)
        invoice = next(each for each in store.all(Invoice) if each.id == "inv_1")
        assert (invoice.status, invoice.scheduled_send) == (status, None)
        last = [each for each in store.events.values() if each.resource_id == "inv_1"][-1]
        assert last.data["scheduled_send_at"] is None
        assert (run(office), store.all(Delivery)) == ([], [])

    def test_a_voided_draft_is_not_sent(self, office: Office, store: FakeStore) -> None:
        store.keep(an_invoice())
        send(office, TOMORROW)
        office.run_use_case(void)
        assert (run(office), store.all(Delivery)) == ([], [])

    @pytest.mark.parametrize(
        "change", [pay("1"), lambda uow: write_off_invoice(uow, "inv_1", None, amount=Decimal("0.01"))]
    )
    def test_while_something_is_due_it_is_sent(self, office: Office, store: FakeStore, change: Any) -> None:
        store.keep(an_issued_invoice())
        send(office, TOMORROW)
        office.run_use_case(change)
        assert run(office) == [Work.SCHEDULED_SEND]
        assert len(store.all(Delivery)) == 1

    def test_a_copy_of_a_paid_invoice_that_was_scheduled_after_it_was_paid_goes_out(
        self, office: Office, store: FakeStore
    ) -> None:
        store.keep(an_issued_invoice())
        office.run_use_case(pay("1836"))
        send(office, TOMORROW)
        run(office)
        assert (stored(store).status, len(store.all(Delivery))) == (Status.PAID, 1)

    @pytest.mark.parametrize("issued", [False, True])
    def test_what_is_sent_now_goes_now_and_not_again(self, office: Office, store: FakeStore, issued: bool) -> None:
        store.keep(an_issued_invoice() if issued else an_invoice())
        send(office, TOMORROW)
        office.now = NOW.replace(hour=3)
        sent = send(office)
        assert sent.scheduled_send is None
        assert stored(store) == sent
        assert len(store.all(Delivery)) == 1
        assert event(store, "invoice.sent")["scheduled_send_at"] is None
        assert (run(office), len(store.all(Delivery))) == ([], 1)

    def test_marking_as_sent_what_is_sent_drops_the_schedule(self, office: Office, store: FakeStore) -> None:
        store.keep(an_issued_invoice())
        send(office, TOMORROW)
        assert send(office, email=None).scheduled_send is None
        assert (run(office), store.all(Delivery)) == ([], [])

    def test_it_can_be_cancelled_once(self, office: Office, store: FakeStore) -> None:
        store.keep(an_invoice())
        send(office, TOMORROW)
        with pytest.raises(PreconditionFailed):
            office.run_use_case(lambda uow: cancel_scheduled_send(uow, "inv_1", if_version=1))
        office.run_use_case(lambda uow: cancel_scheduled_send(uow, "inv_1", if_version=2))
        draft = stored(store)
        assert (draft.status, draft.version, draft.scheduled_send) == (Status.DRAFT, 3, None)
        said = event(store, "invoice.updated")
        assert (said["changed"], said["scheduled_send_at"]) == (["scheduled_send_at"], None)
        with pytest.raises(NotFound) as refused:
            office.run_use_case(lambda uow: cancel_scheduled_send(uow, "inv_1"))
        assert refused.value.code == "SCHEDULED_SEND_NOT_FOUND"
        assert (run(office), store.all(Delivery)) == ([], [])

    def test_a_send_that_went_out_meanwhile_cannot_be_cancelled(self, office: Office, store: FakeStore) -> None:
        store.keep(an_invoice())
        send(office, TOMORROW)
        store.before_next_commit(lambda: run(office))
        with pytest.raises(NotFound):
            office.run_use_case(lambda uow: cancel_scheduled_send(uow, "inv_1"))
        assert stored(store).status is Status.SENT


class TestNobodyThere:
    """The customer has lost its address before the time of the send."""

    @pytest.fixture(autouse=True)
    def _without_address(self, office: Office, store: FakeStore, request: pytest.FixtureRequest) -> None:
        store.keep(an_issued_invoice() if "again" in request.node.name else an_invoice())
        send(office, TOMORROW)
        store.keep(a_customer(version=2, email=None, cc_emails=("b@x.example",)))
        run(office)

    def test_a_draft_is_issued_all_the_same(self, store: FakeStore) -> None:
        assert (stored(store).status, stored(store).number) == (Status.SENT, "INV-2026-001")
        (delivery,) = store.all(Delivery)
        assert (delivery.status, delivery.failure, delivery.to) == (DeliveryStatus.FAILED, "no_email", ())
        assert store.event_types()[1:] == ["invoice.sent", "invoice.email_failed"]
        assert event(store, "invoice.sent")["email_requested"] is False
        said = event(store, "invoice.email_failed")
        assert (said["delivery_id"], said["failure"]) == (delivery.id, "no_email")

    def test_an_issued_invoice_is_not_said_to_be_sent_again(self, store: FakeStore) -> None:
        assert stored(store).scheduled_send is None
        assert [delivery.failure for delivery in store.all(Delivery)] == ["no_email"]
        assert store.event_types()[1:] == ["invoice.updated", "invoice.email_failed"]


class TestWhatMakesIssuingImpossible:
    """Nothing is lost: it is tried again."""

    @pytest.fixture
    def locked(self, store: FakeStore) -> FakeStore:
        store.keep(an_account(version=2, books_locked_until=date(2026, 11, 30)))
        return store

    @pytest.fixture
    def waiting(self, office: Office, store: FakeStore) -> Office:
        store.keep(an_invoice())
        send(office, TOMORROW)
        return office

    def test_the_invoice_says_why_and_when_it_is_tried_again(self, waiting: Office, locked: FakeStore) -> None:
        assert run(waiting) == [Work.SCHEDULED_SEND]
        draft = stored(locked)
        assert (draft.status, draft.number) == (Status.DRAFT, None)
        assert draft.scheduled_send is not None
        assert draft.scheduled_send.failure is not None
        assert draft.scheduled_send.failure.code == "PERIOD_LOCKED"
        assert (draft.scheduled_send.at, draft.scheduled_send.due_at) == (TIME, TIME + timedelta(minutes=5))
        assert (locked.all(Delivery), locked.all(LedgerEntry), locked.all(NumberReservation)) == ([], [], [])
        assert event(locked, "invoice.updated")["changed"] == ["scheduled_send_error"]

    def test_when_it_is_possible_again_it_is_sent(self, waiting: Office, locked: FakeStore) -> None:
        run(waiting)
        locked.keep(an_account(version=3))
        assert run(waiting, TIME + timedelta(minutes=4)) == []
        assert run(waiting, TIME + timedelta(minutes=5)) == [Work.SCHEDULED_SEND]
        assert (stored(locked).status, stored(locked).scheduled_send) == (Status.SENT, None)
        assert locked.event_types() == ["invoice.updated", "invoice.updated", "invoice.sent"]

    def test_after_a_week_of_ticks_it_rests_with_its_error_and_one_event(
        self, waiting: Office, locked: FakeStore
    ) -> None:
        locked.keep(an_account(version=2, books_locked_until=date(2030, 1, 1)))
        attempts = sum(len(run(waiting, TIME + timedelta(minutes=5 * number))) for number in range(10 * 24 * 12))
        send_of = stored(locked).scheduled_send
        assert send_of is not None
        assert (attempts, send_of.attempts, send_of.due_at) == (15, 15, None)
        assert send_of.failure is not None
        assert locked.event_types() == ["invoice.updated", "invoice.updated"]
        waiting.now = NOW + timedelta(days=40)
        assert send(waiting, "2027-01-10T12:00").scheduled_send != send_of
        locked.keep(an_account(version=3))
        assert run(waiting, datetime(2027, 1, 10, 12, tzinfo=UTC)) == [Work.SCHEDULED_SEND]
        assert stored(locked).status is Status.SENT

    def test_an_error_of_the_transaction_itself_is_kept_too(self, waiting: Office, store: FakeStore) -> None:
        waiting.now, commit = TIME, store.commit

        def refuse(changes: Any, record: Any = None) -> None:
            if any(isinstance(save.entity, NumberReservation) for save in changes.saves):
                raise Conflict("NUMBER_TAKEN", "The number is taken.")
            commit(changes, record)

        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(store, "commit", refuse)
            assert tick(waiting.uow) == [Work.SCHEDULED_SEND]
        kept = stored(store).scheduled_send
        assert kept is not None
        assert kept.failure is not None
        assert kept.failure.code == "NUMBER_TAKEN"

    def test_a_send_that_another_tick_managed_is_not_held_to_have_failed(
        self, waiting: Office, locked: FakeStore
    ) -> None:
        """The first attempt sees the lock; before it is written down, another sends."""

        def unlocked() -> None:
            locked.keep(an_account(version=3))
            tick(waiting.uow)

        locked.before_next_commit(unlocked)
        assert run(waiting) == []
        assert (stored(locked).status, stored(locked).scheduled_send) == (Status.SENT, None)

    def test_a_draft_without_a_date_is_issued_after_the_lock_that_it_was_written_in(
        self, office: Office, store: FakeStore
    ) -> None:
        store.keep(an_account(version=2, books_locked_until=NOW.date()), an_invoice())
        send(office, TOMORROW)
        run(office)
        assert (stored(store).status, stored(store).issue_date) == (Status.SENT, TIME.date())

    def test_what_is_sent_at_once_knows_nothing_of_the_failures(self, waiting: Office, locked: FakeStore) -> None:
        run(waiting)
        locked.keep(an_account(version=3))
        assert send(waiting).scheduled_send is None


def test_an_overdue_invoice_with_a_send_of_that_instant_is_overdue_first(office: Office, store: FakeStore) -> None:
    """So that what goes out says so."""
    issued = an_issued_invoice()
    midnight = datetime.combine(issued.due_date + timedelta(days=1), datetime.min.time(), UTC)
    store.keep(replace(issued, next_overdue_at=midnight))
    send(office, midnight.strftime("%Y-%m-%dT%H:%M"))
    assert run(office, midnight) == [Work.OVERDUE, Work.SCHEDULED_SEND]
    assert store.event_types() == ["invoice.updated", "invoice.overdue", "invoice.updated", "invoice.sent"]


def test_a_draft_is_sent_without_what_only_a_request_knows(office: Office, store: FakeStore) -> None:
    """The address of the page is that of the request that scheduled it."""
    store.keep(an_invoice())
    elsewhere = "https://elsewhere.example/i"
    at = datetime.fromisoformat(TOMORROW)
    office.run_use_case(lambda uow: send_invoice(uow, "inv_1", TO_CUSTOMER, page_url=elsewhere, send_at=at))
    run(office)
    assert [delivery.hosted_url.rpartition("/")[0] for delivery in store.all(Delivery)] == [elsewhere]
