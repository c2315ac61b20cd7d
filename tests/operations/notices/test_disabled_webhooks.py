"""Webhooks that are disabled: the account's notice names each, once for each time."""

from dataclasses import replace
from datetime import timedelta

import pytest

from invoicing.domain.due_work import Work
from invoicing.domain.events.event import Actor
from invoicing.domain.notices.account_notice import AccountNotice
from invoicing.domain.parties.notifications import Notifications
from invoicing.operations.reactions.deliver_email import deliver_email
from invoicing.operations.reactions.run_due_work import run_due_work
from invoicing.operations.unit_of_work.change_set import ChangeSet
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork, run_use_case
from invoicing.operations.webhooks._disabling import disable
from invoicing.operations.webhooks._ports import Answer, WebhookOrder
from invoicing.operations.webhooks.delete_webhook import delete_webhook
from invoicing.operations.webhooks.update_webhook import update_webhook
from tests.builders import NOW, a_webhook, an_account
from tests.fake_due_work import FakeDueWork
from tests.fake_webhooks import BROKEN
from tests.fakes import Crash, FakeMailer, FakeStore
from tests.office import Office
from tests.operations.notices.noticing import EIGHT, entries, mails, order_of
from tests.operations.test_clock.clock_office import ACCOUNT as TEST_ACCOUNT
from tests.operations.test_clock.clock_office import ClockOffice
from tests.operations.webhooks.conftest import posting as posting  # noqa: PLC0414 - a fixture
from tests.operations.webhooks.posting import RULES, Posting
from tests.sending import email_services

GONE = Answer(status_code=410, error="status")
DAY = timedelta(days=1)


def gathered(store: FakeStore) -> tuple[str, ...]:
    return tuple(each for notice in store.all(AccountNotice) for each in notice.webhook_ids)


def end(posting: Posting) -> None:
    """An event that the endpoint answers with 410."""
    posting.sender.answers = lambda _: GONE
    posting.event()
    posting.run(seconds=1)


def change(posting: Posting, webhook: str, status: str) -> None:
    posting.office.run_use_case(lambda uow: update_webhook(uow, webhook, {"status": status}, rules=RULES))


def taken(posting: Posting) -> WebhookOrder:
    """The next message of the queue."""
    found = posting.queue.take(NOW)
    assert found
    return found[1]


def make(posting: Posting, store: FakeStore) -> list[Work]:
    """Do what is due of notices, as one tick does."""
    due = [each for each in entries(store) if each.at <= posting.office.now]
    return [work for each in due for work in run_due_work(each, posting.office.uow, FakeDueWork(store))]


def told(posting: Posting, store: FakeStore) -> str:
    """The latest notice as it is sent, empty where nothing is."""
    mailer = FakeMailer()
    deliver_email(posting.office.uow(), email_services(mailer), order_of(store))
    return b"".join(message for message, _ in mailer.taken).decode()


def test_an_endpoint_that_failed_for_a_day_is_told_of_the_next_morning(posting: Posting, store: FakeStore) -> None:
    webhook = posting.webhook()
    posting.sender.answers = lambda _: BROKEN
    for _ in range(25):
        assert gathered(store) == ()
        posting.event()
        posting.run(hours=1)
    assert gathered(store) == (webhook,)
    assert [each.at for each in entries(store)] == [EIGHT + DAY]
    posting.office.now = EIGHT + DAY
    assert [make(posting, store) for _ in range(3)] == [[Work.NOTICE], [], []]
    (mail,) = mails(store)
    assert (mail.webhook_ids, mail.count, mail.unnamed) == ((webhook,), 1, 0)
    assert told(posting, store) == f"{webhook}, and 0 more"


def test_one_that_is_gone_is_told_of_once_however_many_attempts_say_so(posting: Posting, store: FakeStore) -> None:
    webhook = posting.webhook()
    posting.sender.answers = lambda _: GONE
    posting.event()
    posting.event("invoice.overdue")
    first, second = taken(posting), taken(posting)
    store.before_next_commit(lambda: None)  # the attempt begins
    store.before_next_commit(lambda: posting.deliver(second))  # and ends while another one does
    posting.deliver(first)
    posting.run(hours=1)
    posting.publish_all()
    posting.run(hours=1)
    assert [(each.webhook_ids, each.count) for each in store.all(AccountNotice)] == [((webhook,), 1)]


def test_whoever_dies_has_disabled_it_and_told_of_it_or_neither(posting: Posting, store: FakeStore) -> None:
    webhook = posting.webhook()
    posting.sender.answers = lambda _: GONE
    posting.event()
    order = taken(posting)

    def die() -> None:
        raise Crash

    store.before_next_commit(lambda: None)
    store.before_next_commit(die)
    with pytest.raises(Crash):
        posting.deliver(order)
    assert (posting.stored(webhook).status, gathered(store)) == ("active", ())
    posting.queue.send([order], 360)
    posting.run(minutes=10)
    assert (posting.stored(webhook).status, gathered(store)) == ("disabled", (webhook,))


def test_each_time_is_told_of_again(posting: Posting, store: FakeStore) -> None:
    webhook = posting.webhook()
    for day in range(2):
        end(posting)
        posting.office.now = EIGHT + day * DAY
        make(posting, store)
        change(posting, webhook, "active")
        posting.office.now += timedelta(seconds=1)
    assert [each.webhook_ids for each in mails(store)] == [(webhook,), (webhook,)]


def test_nobody_is_told_of_what_was_wanted_or_set_right(posting: Posting, store: FakeStore) -> None:
    one, other, third = (posting.webhook() for _ in range(3))
    change(posting, third, "disabled")
    assert gathered(store) == ()
    end(posting)
    assert gathered(store) == (one, other)
    posting.office.now = EIGHT
    make(posting, store)
    change(posting, one, "active")
    assert told(posting, store) == f"{other}, and 0 more"


def test_where_all_is_set_right_nothing_is_sent(posting: Posting, store: FakeStore) -> None:
    webhook = posting.webhook()
    end(posting)
    posting.office.now = EIGHT
    make(posting, store)
    posting.office.run_use_case(lambda uow: delete_webhook(uow, webhook))
    assert told(posting, store) == ""


def test_an_account_that_wants_no_notices_has_none(posting: Posting, store: FakeStore) -> None:
    store.keep(an_account(notifications=Notifications(enabled=False)))
    posting.webhook()
    end(posting)
    assert store.all(AccountNotice) == []


def test_it_waits_by_the_test_clock_although_endpoints_fail_in_real_time() -> None:
    office = ClockOffice(FakeStore())
    wanted = Notifications(enabled=True)
    office.store.keep(an_account(account=TEST_ACCOUNT, notifications=wanted), a_webhook(account=TEST_ACCOUNT))
    office.set(NOW + 400 * DAY)

    def in_real_time(changes: ChangeSet) -> UnitOfWork:
        return replace(Office.uow(office, changes), actor=Actor("system", "deliver_webhook"))

    def advance_meanwhile() -> None:
        office.advance(NOW + 410 * DAY)

    office.store.before_next_commit(advance_meanwhile)
    assert run_use_case(in_real_time, lambda uow: disable(uow, "webhook_1", "gone"))
    (entry,) = office.index.of_clock(TEST_ACCOUNT, NOW + 500 * DAY)
    assert entry.at == EIGHT + 410 * DAY
    office.advance(entry.at)
    (mail,) = mails(office.store)
    assert mail.webhook_ids == ("webhook_1",)
