"""Notices while many things fail, and many ticks come, at the same moment, on DynamoDB Local."""

from datetime import UTC, datetime, timedelta

import pytest

from invoicing.domain.deliveries.delivery import Delivery, DeliveryStatus
from invoicing.domain.due_work import DueEntry, Work
from invoicing.domain.notices.account_notice import AccountNotice, notice_id
from invoicing.domain.notices.notice_mail import NoticeMail
from invoicing.identifiers import new_id
from invoicing.operations.reactions.record_mail_events import record_mail_events
from invoicing.operations.reactions.run_due_work import run_due_work
from invoicing.operations.unit_of_work.change_set import Ref
from invoicing.operations.unit_of_work.unit_of_work import run_use_case
from invoicing.storage.due_work import DynamoDueWork
from invoicing.storage.dynamodb.database import Database
from tests.builders import NOW, a_delivery
from tests.mail_service import mail_report
from tests.storage.conftest import ON_DYNAMODB_LOCAL
from tests.storage.reading import events_of
from tests.storage.site import Site, at_once

pytestmark = [ON_DYNAMODB_LOCAL, pytest.mark.usefixtures("patient")]

EIGHT = datetime(2026, 11, 23, 8, tzinfo=UTC)
"""When the account is told of what failed at `NOW`."""


def sent(site: Site, count: int) -> list[str]:
    """E-mails that the mail service took."""
    deliveries = [
        a_delivery(account=site.account, id=new_id("dlv"), recipient=f"a{number}@x.example", status=DeliveryStatus.SENT)
        for number in range(count)
    ]
    site.keep(*deliveries)
    return [each.id for each in deliveries]


def bounce(site: Site, delivery_id: str, now: datetime = NOW) -> str:
    report = mail_report("bounce", delivery_id, account=site.account)
    return run_use_case(site.at(now), lambda uow: record_mail_events(uow, report))


def waiting(site: Site, database: Database, now: datetime = EIGHT) -> list[DueEntry]:
    found = [entry for page in DynamoDueWork(database).due(now) for entry in page if entry.account == site.account]
    return [entry for entry in found if entry.work is Work.NOTICE]


def made(site: Site, database: Database) -> list[NoticeMail]:
    """The notices that events tell of, in order."""
    ids = [event.resource_id for event in events_of(database, site.account) if event.type == "notice.sent"]
    found = (site.store.find(Ref(NoticeMail, site.account, each)) for each in ids)
    return [each for each in found if each]


def gathered(site: Site) -> AccountNotice:
    notice = site.store.find(Ref(AccountNotice, site.account, notice_id(site.account)))
    assert notice
    return notice


def test_failures_at_one_moment_are_all_told_of(site: Site, local_tables: Database) -> None:
    ids = sent(site, 12)
    assert at_once(12, lambda index: bounce(site, ids[index])) == ["recorded"] * 12
    assert (sorted(gathered(site).delivery_ids), gathered(site).count) == (ids, 12)
    (entry,) = waiting(site, local_tables)
    assert (entry.at, entry.id, entry.kind) == (EIGHT, notice_id(site.account), "AccountNotice")


def test_fifty_ticks_at_one_moment_make_one_notice(site: Site, local_tables: Database) -> None:
    ids = sent(site, 3)
    for each in ids:
        bounce(site, each)
    (entry,) = waiting(site, local_tables)
    index = DynamoDueWork(local_tables)
    done = at_once(50, lambda _: run_due_work(entry, site.at(EIGHT), index))
    assert sorted(done, key=str) == [[Work.NOTICE], *[[]] * 49]
    (mail,) = made(site, local_tables)
    assert (mail.delivery_ids, mail.count) == (tuple(ids), 3)
    (event,) = (each for each in events_of(local_tables, site.account) if each.type == "notice.sent")
    (delivery_id,) = event.data["delivery_ids"]
    delivery = site.store.find(Ref(Delivery, site.account, delivery_id))
    assert delivery
    assert (delivery.document_id, delivery.status) == (mail.id, DeliveryStatus.QUEUED)
    assert waiting(site, local_tables, EIGHT + timedelta(days=9)) == []


def test_what_fails_while_ticks_come_is_in_one_notice_or_in_the_next(site: Site, local_tables: Database) -> None:
    ids = sent(site, 9)
    bounce(site, ids[0])
    (entry,) = waiting(site, local_tables)
    index = DynamoDueWork(local_tables)

    def act(number: int) -> object:
        return bounce(site, ids[number], EIGHT) if number else run_due_work(entry, site.at(EIGHT), index)

    at_once(9, act)
    (first,) = made(site, local_tables)
    assert sorted((*first.delivery_ids, *gathered(site).delivery_ids)) == ids
    tomorrow = EIGHT + timedelta(days=1)
    for each in waiting(site, local_tables, tomorrow):
        run_due_work(each, site.at(tomorrow), index)
    assert sorted(each for mail in made(site, local_tables) for each in mail.delivery_ids) == ids
    assert len({mail.day for mail in made(site, local_tables)}) == len(made(site, local_tables)) <= 2
