"""Scheduled sends whose time has come, and which are not possible then."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from invoicing.domain.deliveries.delivery import Delivery, DeliveryStatus
from invoicing.domain.due_work import Work
from invoicing.domain.errors import Conflict
from invoicing.domain.invoices.invoice import Status
from invoicing.domain.ledger.entry import LedgerEntry
from invoicing.domain.notices.account_notice import AccountNotice
from invoicing.domain.numbering.series import NumberReservation
from invoicing.operations.documents.notice import NOTICE, read_notice
from tests.builders import NOW, a_customer, a_notice_mail, an_account, an_invoice, an_issued_invoice
from tests.fakes import FakeStore
from tests.office import Office
from tests.operations.scheduling import TIME, TOMORROW, event, run, send, stored, tick


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

    def test_the_account_is_told_of_it_once(self, waiting: Office, locked: FakeStore) -> None:
        for minutes in range(0, 60, 5):
            run(waiting, TIME + timedelta(minutes=minutes))
        (notice,) = locked.all(AccountNotice)
        assert (notice.invoice_ids, notice.delivery_ids, notice.count) == (("inv_1",), (), 1)
        named = a_notice_mail(invoice_ids=notice.invoice_ids, delivery_ids=())
        said = read_notice(waiting.uow(), named)
        assert ([each.id for each in said.unsent], NOTICE.refusal(said)) == (["inv_1"], None)
        locked.keep(an_account(version=3))
        run(waiting, TIME + timedelta(hours=9))
        said = read_notice(waiting.uow(), named)
        assert (said.unsent, NOTICE.refusal(said)) == ((), "resolved")

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
