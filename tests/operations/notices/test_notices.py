"""The daily e-mail to the account of what failed: made once, and nothing is left out of it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from invoicing.domain.deliveries.delivery import Delivery
from invoicing.domain.due_work import Work
from invoicing.domain.notices.account_notice import MOST_NAMED, AccountNotice
from invoicing.domain.parties.notifications import Notifications
from invoicing.operations.account.update_account import update_account
from invoicing.operations.documents.order_email import EmailRequest
from invoicing.operations.invoices.send_invoice import send_invoice
from invoicing.operations.reactions.deliver_email import deliver_email
from invoicing.operations.reactions.record_mail_events import record_mail_events
from invoicing.operations.reactions.run_due_work import run_due_work
from invoicing.operations.unit_of_work.ports import MailRefused, MailUnconfirmed
from tests.builders import PAGE_URL, a_customer, a_delivery, an_account, an_issued_invoice
from tests.fake_due_work import FakeDueWork
from tests.fakes import Crash, FakeMailer, FakeStore
from tests.mail_service import mail_report
from tests.office import Office
from tests.operations.notices.noticing import EIGHT, bounce, entries, gathered, mails, notices, order_of
from tests.operations.reminders.reminding import local
from tests.sending import an_order, email_services, suppress
from tests.ticking import tick


@pytest.fixture(autouse=True)
def _issued(store: FakeStore) -> None:
    store.keep(an_issued_invoice())


class TestWhatIsToldOf:
    """Every way in which an e-mail fails."""

    @pytest.mark.parametrize(
        "example", ["bounce", "bounce_mailbox_full", "bounce_timed_out", "bounce_out_of_office", "complaint", "reject"]
    )
    def test_a_report_that_an_email_failed(self, office: Office, store: FakeStore, example: str) -> None:
        bounce(office, store, example=example)
        assert gathered(store) == ["dlv_1"]
        office.run_use_case(lambda uow: record_mail_events(uow, mail_report(example)))
        assert [each.count for each in store.all(AccountNotice)] == [1], "a report that comes twice"

    @pytest.mark.parametrize("example", ["delivery", "delivery_delay"])
    def test_no_report_of_another_kind(self, office: Office, store: FakeStore, example: str) -> None:
        bounce(office, store, example=example)
        assert store.all(AccountNotice) == []

    def test_a_failure_that_is_followed_by_a_worse_one_is_one(self, office: Office, store: FakeStore) -> None:
        bounce(office, store, example="bounce_mailbox_full")
        office.run_use_case(lambda uow: record_mail_events(uow, mail_report("complaint")))
        assert [each.count for each in store.all(AccountNotice)] == [1]

    def test_recipients_who_are_suppressed(self, office: Office, store: FakeStore) -> None:
        suppress(store, "eve@x.example")
        email = EmailRequest(to=("ap@initech.example",), cc=("eve@x.example",))
        office.run_use_case(lambda uow: send_invoice(uow, "inv_1", email, page_url=PAGE_URL))
        (failed,) = (each for each in store.all(Delivery) if each.failure)
        assert gathered(store) == [failed.id]

    def test_nobody_to_send_to(self, office: Office, store: FakeStore) -> None:
        store.keep(a_customer(version=2, email=None), an_issued_invoice())
        email = EmailRequest(unattended=True)
        office.run_use_case(lambda uow: send_invoice(uow, "inv_1", email, page_url=PAGE_URL))
        (failed,) = store.all(Delivery)
        assert (failed.failure, gathered(store)) == ("no_email", [failed.id])

    @pytest.mark.parametrize(("error", "failure"), [(MailRefused(), "rejected"), (MailUnconfirmed(), "no_answer")])
    def test_an_attempt_that_failed(self, office: Office, store: FakeStore, error: Exception, failure: str) -> None:
        store.keep(a_delivery())
        mailer = FakeMailer()
        mailer.next_outcomes = [error]
        deliver_email(office.uow(), email_services(mailer), an_order())
        (failed,) = store.all(Delivery)
        assert (failed.failure, gathered(store)) == (failure, ["dlv_1"])

    def test_one_that_arrived_is_not(self, office: Office, store: FakeStore) -> None:
        store.keep(a_delivery())
        deliver_email(office.uow(), email_services(FakeMailer()), an_order())
        assert store.all(AccountNotice) == []

    @pytest.mark.parametrize("settings", [Notifications(enabled=False)])
    def test_an_account_that_wants_no_notices_has_none(
        self, office: Office, store: FakeStore, settings: Notifications
    ) -> None:
        store.keep(an_account(notifications=settings))
        bounce(office, store)
        assert store.all(AccountNotice) == []


class TestMaking:
    """The notice is made when it is due, once."""

    def test_it_names_what_failed_and_goes_to_the_account(self, office: Office, store: FakeStore) -> None:
        bounce(office, store, "dlv_1")
        bounce(office, store, "dlv_2")
        assert [(each.at, each.work) for each in entries(store)] == [(EIGHT, Work.NOTICE)]
        office.now = EIGHT
        assert tick(office, store) == [Work.NOTICE]
        (mail,), (delivery,) = mails(store), notices(store)
        assert (mail.delivery_ids, mail.count, mail.day) == (("dlv_1", "dlv_2"), 2, EIGHT.date())
        assert (delivery.recipient, delivery.to, delivery.cc) == ("billing@acme.example", ("billing@acme.example",), ())
        assert order_of(store) == an_order(delivery.id, document="notice", document_id=mail.id)
        assert entries(store) == []

    def test_no_tick_makes_it_early(self, office: Office, store: FakeStore) -> None:
        bounce(office, store)
        office.now = EIGHT - timedelta(milliseconds=1)
        assert tick(office, store) == []

    @pytest.mark.parametrize("late", [timedelta(), timedelta(hours=7), timedelta(days=3)])
    def test_fifty_ticks_make_one_however_late(self, office: Office, store: FakeStore, late: timedelta) -> None:
        bounce(office, store)
        (entry,) = entries(store)
        office.now = EIGHT + late
        done = [run_due_work(entry, office.uow, FakeDueWork(store)) for _ in range(50)]
        assert done == [[Work.NOTICE], *[[]] * 49]
        assert len(mails(store)) == len(notices(store)) == 1

    def test_two_at_once_make_one(self, office: Office, store: FakeStore) -> None:
        bounce(office, store)
        (entry,) = entries(store)
        office.now = EIGHT
        store.before_next_commit(lambda: run_due_work(entry, office.uow, FakeDueWork(store)))
        assert run_due_work(entry, office.uow, FakeDueWork(store)) == []
        assert len(mails(store)) == 1

    def test_two_failures_in_the_same_millisecond_are_both_told(self, office: Office, store: FakeStore) -> None:
        store.before_next_commit(lambda: bounce(office, store, "dlv_2"))
        bounce(office, store, "dlv_1")
        assert sorted(gathered(store)) == ["dlv_1", "dlv_2"]
        assert [each.count for each in store.all(AccountNotice)] == [2]

    def test_what_fails_while_it_is_made_is_in_it(self, office: Office, store: FakeStore) -> None:
        bounce(office, store, "dlv_1")
        office.now = EIGHT
        store.before_next_commit(lambda: bounce(office, store, "dlv_2"))
        assert tick(office, store) == [Work.NOTICE]
        (mail,) = mails(store)
        assert mail.delivery_ids == ("dlv_1", "dlv_2")

    def test_what_fails_when_it_has_just_been_made_is_in_the_next(self, office: Office, store: FakeStore) -> None:
        bounce(office, store, "dlv_1")
        office.now = EIGHT
        (entry,) = entries(store)
        store.before_next_commit(lambda: run_due_work(entry, office.uow, FakeDueWork(store)))
        bounce(office, store, "dlv_2")
        assert [each.delivery_ids for each in mails(store)] == [("dlv_1",)]
        assert [each.at for each in entries(store)] == [EIGHT + timedelta(days=1)]
        office.now = EIGHT + timedelta(days=1)
        tick(office, store)
        assert [each.delivery_ids for each in mails(store)] == [("dlv_1",), ("dlv_2",)]

    def test_a_worker_that_died_left_nothing_or_everything(self, office: Office, store: FakeStore) -> None:
        bounce(office, store)
        office.now = EIGHT

        def die() -> None:
            raise Crash

        store.before_next_commit(die)
        with pytest.raises(Crash):
            tick(office, store)
        assert (mails(store), notices(store), gathered(store)) == ([], [], ["dlv_1"])
        assert tick(office, store) == [Work.NOTICE]
        assert len(notices(store)) == 1

    def test_of_very_many_it_says_how_many_there_are(self, office: Office, store: FakeStore) -> None:
        for number in range(MOST_NAMED + 3):
            bounce(office, store, f"dlv_{number}")
        office.now = EIGHT
        tick(office, store)
        (mail,) = mails(store)
        assert (len(mail.delivery_ids), mail.count, mail.unnamed) == (MOST_NAMED, MOST_NAMED + 3, 3)


class TestSettingsThatChange:
    """Zone and settings change while a notice waits."""

    def change(self, office: Office, **values: Any) -> None:
        office.run_use_case(lambda uow: update_account(uow, values))

    @pytest.mark.parametrize(
        ("zone", "at"),
        [
            ("Asia/Tokyo", "2026-11-23 08:00"),  # 21:00 there: the next morning comes earlier
            ("America/Los_Angeles", "2026-11-22 08:00"),  # 04:00 there: this very morning
            ("Pacific/Kiritimati", "2026-11-23 08:00"),
        ],
    )
    def test_it_waits_for_the_same_time_of_the_new_zone(
        self, office: Office, store: FakeStore, zone: str, at: str
    ) -> None:
        bounce(office, store)
        self.change(office, time_zone=zone)
        assert [each.at for each in entries(store)] == [local(at, zone)]

    def test_it_is_put_back_where_its_civil_time_has_not_come(self, office: Office, store: FakeStore) -> None:
        """The zone's own rules have changed, so that what was stored is too early."""
        bounce(office, store)
        store.keep(an_account(time_zone="Atlantic/Azores"))
        office.now = EIGHT
        assert tick(office, store) == [Work.NOTICE]
        assert mails(store) == []
        assert [each.at for each in entries(store)] == [EIGHT + timedelta(hours=1)]
        office.now = EIGHT + timedelta(hours=1)
        tick(office, store)
        assert len(mails(store)) == 1

    def test_another_time_moves_it(self, office: Office, store: FakeStore) -> None:
        bounce(office, store)
        at = datetime(2026, 11, 22, 18, 30, tzinfo=UTC)
        self.change(office, notifications=Notifications(send_at=at.time()))
        assert [each.at for each in entries(store)] == [at]

    def test_another_address_gets_it(self, office: Office, store: FakeStore) -> None:
        bounce(office, store)
        self.change(office, notifications=Notifications(email="ops@acme.example"))
        office.now = EIGHT
        tick(office, store)
        assert [each.recipient for each in notices(store)] == ["ops@acme.example"]

    @pytest.mark.parametrize("values", [{"notifications": Notifications(enabled=False)}, {"email": None}])
    def test_who_is_no_longer_told_gets_none_then_or_later(
        self, office: Office, store: FakeStore, values: dict[str, Any]
    ) -> None:
        bounce(office, store)
        self.change(office, **values)
        office.now = EIGHT
        tick(office, store)
        self.change(office, notifications=Notifications(), email="billing@acme.example")
        office.now = EIGHT + timedelta(days=1)
        tick(office, store)
        assert (mails(store), gathered(store), entries(store)) == ([], [], [])
