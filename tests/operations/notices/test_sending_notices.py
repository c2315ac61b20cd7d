"""Notices on their way: sent once, and their own failures are the end of it."""

import pytest

from invoicing.domain.deliveries.delivery import DeliveryStatus
from invoicing.domain.deliveries.suppression import FailureStreak, Suppression
from invoicing.domain.due_work import DueEntry, Work
from invoicing.domain.notices.account_notice import AccountNotice
from invoicing.domain.parties.notifications import Notifications
from invoicing.operations.documents.order_email import EmailRequest
from invoicing.operations.invoices.send_invoice import send_invoice
from invoicing.operations.reactions.deliver_email import LEASE, EmailOrder, deliver_email
from invoicing.operations.reactions.record_mail_events import record_mail_events
from invoicing.operations.unit_of_work.ports import MailRefused, MailUnconfirmed
from tests.builders import NOW, PAGE_URL, a_customer, an_account, an_issued_invoice
from tests.fakes import Crash, FakeMailer, FakeStore
from tests.mail_service import mail_report
from tests.office import Office
from tests.operations.notices.noticing import EIGHT, bounce, entries, gathered, notices, order_of
from tests.operations.test_clock.clock_office import ACCOUNT as TEST_ACCOUNT
from tests.operations.test_clock.clock_office import ClockOffice
from tests.sending import email_services
from tests.ticking import tick


@pytest.fixture(autouse=True)
def _issued(store: FakeStore) -> None:
    store.keep(an_issued_invoice())


class TestSending:
    """The notice goes the way of all e-mails, and is the end of it."""

    @pytest.fixture
    def due(self, office: Office, store: FakeStore) -> EmailOrder:
        bounce(office, store)
        office.now = EIGHT
        tick(office, store)
        return order_of(store)

    def test_it_is_sent_once(self, office: Office, store: FakeStore, due: EmailOrder) -> None:
        mailer = FakeMailer()
        for _ in range(3):
            deliver_email(office.uow(), email_services(mailer), due)
        assert mailer.taken == [(b"dlv_1@x.example, and 0 more", "billing@acme.example")]

    def test_an_attempt_that_died_is_not_repeated(self, office: Office, store: FakeStore, due: EmailOrder) -> None:
        mailer = FakeMailer()
        mailer.next_outcomes = [Crash()]
        with pytest.raises(Crash):
            deliver_email(office.uow(), email_services(mailer), due)
        office.now += LEASE
        (ended,) = deliver_email(office.uow(), email_services(mailer), due)
        assert (ended.status, gathered(store)) == (DeliveryStatus.UNCONFIRMED, [])

    def test_what_arrived_after_all_is_left_out(self, office: Office, store: FakeStore) -> None:
        bounce(office, store, "dlv_1", "bounce_out_of_office")
        bounce(office, store, "dlv_2")
        office.now = EIGHT
        tick(office, store)
        office.run_use_case(lambda uow: record_mail_events(uow, mail_report("delivery", "dlv_1")))
        mailer = FakeMailer()
        deliver_email(office.uow(), email_services(mailer), order_of(store))
        assert [message for message, _ in mailer.taken] == [b"dlv_2@x.example, and 0 more"]

    def test_where_all_arrived_it_is_not_sent(self, office: Office, store: FakeStore) -> None:
        bounce(office, store, "dlv_1", "bounce_out_of_office")
        office.now = EIGHT
        tick(office, store)
        office.run_use_case(lambda uow: record_mail_events(uow, mail_report("delivery", "dlv_1")))
        mailer = FakeMailer()
        (ended,) = deliver_email(office.uow(), email_services(mailer), order_of(store))
        assert (ended.status, ended.failure, mailer.taken) == (DeliveryStatus.SKIPPED, "resolved", [])

    @pytest.mark.parametrize("example", ["bounce", "complaint", "bounce_mailbox_full"])
    def test_its_own_failure_is_told_to_nobody_and_suppresses_nobody(
        self, office: Office, store: FakeStore, due: EmailOrder, example: str
    ) -> None:
        deliver_email(office.uow(), email_services(FakeMailer()), due)
        before = (len(store.events), store.all(Suppression), store.all(FailureStreak))
        for _ in range(3):
            office.run_use_case(lambda uow: record_mail_events(uow, mail_report(example, due.delivery_ids[0])))
        (delivery,) = notices(store)
        assert delivery.failure
        assert (gathered(store), entries(store)) == ([], [])
        assert (len(store.events), store.all(Suppression), store.all(FailureStreak)) == before

    @pytest.mark.parametrize("error", [MailRefused(), MailUnconfirmed()])
    def test_nor_is_an_attempt_that_failed(
        self, office: Office, store: FakeStore, due: EmailOrder, error: Exception
    ) -> None:
        mailer = FakeMailer()
        mailer.next_outcomes = [error]
        deliver_email(office.uow(), email_services(mailer), due)
        assert (gathered(store), entries(store)) == ([], [])


class TestUnderATestClock:
    """Pretended time tells the account only at its own address."""

    @pytest.mark.parametrize(
        ("settings", "status"),
        [
            (Notifications(enabled=True), "queued"),
            (Notifications(enabled=True, email="BILLING@acme.example"), "queued"),
            (Notifications(enabled=True, email="ops@acme.example"), "simulated"),
        ],
    )
    def test_an_advance_makes_it(self, settings: Notifications, status: str) -> None:
        office = ClockOffice(FakeStore())
        office.store.keep(
            an_account(account=TEST_ACCOUNT, notifications=settings),
            a_customer(account=TEST_ACCOUNT, version=2, email=None),
        )
        office.set(NOW)
        office.store.keep(an_issued_invoice(account=TEST_ACCOUNT))
        email = EmailRequest(unattended=True)
        office.run_use_case(lambda uow: send_invoice(uow, "inv_1", email, page_url=PAGE_URL))
        entry = next(iter(office.index.of_clock(TEST_ACCOUNT, EIGHT)))
        assert entry == DueEntry(EIGHT, Work.NOTICE, "acc_1", "AccountNotice", TEST_ACCOUNT)
        office.advance(EIGHT)
        (delivery,) = notices(office.store)
        (event,) = (each for each in office.store.events.values() if each.type == "notice.sent")
        assert delivery.status == status
        assert (event.occurred_at, event.data.get("email_requested", False)) == (EIGHT, status == "queued")

    def test_it_is_off_in_test_mode(self) -> None:
        office = ClockOffice(FakeStore())
        office.store.keep(an_account(account=TEST_ACCOUNT), a_customer(account=TEST_ACCOUNT, version=2, email=None))
        office.store.keep(an_issued_invoice(account=TEST_ACCOUNT))
        email = EmailRequest(unattended=True)
        office.run_use_case(lambda uow: send_invoice(uow, "inv_1", email, page_url=PAGE_URL))
        assert office.store.all(AccountNotice) == []
