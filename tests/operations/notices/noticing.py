"""Notices of an office in memory: what fails, what waits, and what was made."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from invoicing.domain.deliveries.delivery import Delivery, DeliveryStatus
from invoicing.domain.due_work import DueEntry, Work
from invoicing.domain.notices.account_notice import AccountNotice
from invoicing.domain.notices.notice_mail import NoticeMail
from invoicing.operations.reactions.deliver_email import EmailOrder
from invoicing.operations.reactions.record_mail_events import record_mail_events
from tests.builders import a_delivery
from tests.fakes import FakeStore
from tests.mail_service import mail_report
from tests.office import Office
from tests.sending import an_order
from tests.ticking import entries as all_entries

EIGHT = datetime(2026, 11, 23, 8, tzinfo=UTC)
"""When the account is told of what failed at `NOW`."""


def gathered(store: FakeStore) -> list[str]:
    return [each for notice in store.all(AccountNotice) for each in notice.delivery_ids]


def entries(store: FakeStore) -> list[DueEntry]:
    """What waits of notices, in order."""
    return [each for each in all_entries(store) if each.work is Work.NOTICE]


def mails(store: FakeStore) -> list[NoticeMail]:
    return store.all(NoticeMail)


def notices(store: FakeStore) -> list[Delivery]:
    return [each for each in store.all(Delivery) if each.document_kind == "notice"]


def bounce(office: Office, store: FakeStore, delivery_id: str = "dlv_1", example: str = "bounce") -> None:
    store.keep(a_delivery(id=delivery_id, status=DeliveryStatus.SENT, recipient=f"{delivery_id}@x.example"))
    report = mail_report(example, delivery_id)
    office.run_use_case(lambda uow: record_mail_events(uow, report))


def order_of(store: FakeStore) -> EmailOrder:
    """What the latest event of a notice starts."""
    data: Mapping[str, Any] = store.events[
        max(key for key in store.events if store.events[key].type == "notice.sent")
    ].data
    return an_order(*data["delivery_ids"], document=data["document"], document_id=data["document_id"])
