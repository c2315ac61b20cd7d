"""What an account is told next: what failed since it was told last."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from invoicing.dataclass import dataclass
from invoicing.domain.access.caller import split_partition
from invoicing.domain.calendar import local_instant, today
from invoicing.domain.deliveries.delivery import Delivery, DeliveryStatus
from invoicing.domain.due_work import DueWork, Work

MOST_NAMED = 50
"""The most failures that a notice names; of those beyond it says how many there are."""

FAILURES = frozenset(
    {DeliveryStatus.FAILED, DeliveryStatus.BOUNCED, DeliveryStatus.COMPLAINED, DeliveryStatus.UNCONFIRMED}
)
"""The states of e-mails that an account is told of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountNotice:
    """The notice that is gathered for an account, which there is one of, under `notice_id`.

    ``delivery_ids`` are the first e-mails that failed since the last notice, ``invoice_ids`` the first invoices whose
    scheduled sends did, ``recurring_ids`` the first schedules whose next invoice could not be made, ``webhook_ids`` the
    webhooks that were disabled because of their endpoints, and ``count`` is how many failures there are. The notice is
    sent on the civil date ``day``, at ``due_at``; both are None while there is nothing to tell. ``told_on`` is the day
    of the last notice.
    """

    account: str
    id: str
    version: int
    delivery_ids: tuple[str, ...] = ()
    invoice_ids: tuple[str, ...] = ()
    recurring_ids: tuple[str, ...] = ()
    webhook_ids: tuple[str, ...] = ()
    count: int = 0
    day: date | None = None
    due_at: datetime | None = None
    told_on: date | None = None


def notice_id(account: str) -> str:
    """Return the id of the notice of a partition: that of the account, so that those of many spread over shards."""
    return split_partition(account)[0]


def is_told(delivery: Delivery, before: DeliveryStatus | None = None) -> bool:
    """Whether the account is told of a delivery that was in the state ``before``: it has only now failed.

    A notice that fails is not told of, which would be another e-mail to the same address.
    """
    has_failed = delivery.status in FAILURES and before not in FAILURES
    return has_failed and delivery.document_kind != "notice"


def with_failures(
    notice: AccountNotice,
    delivery_ids: Iterable[str],
    now: datetime,
    at: time,
    time_zone: str,
    *,
    invoice_ids: Iterable[str] = (),
    recurring_ids: Iterable[str] = (),
    webhook_ids: Iterable[str] = (),
) -> AccountNotice:
    """Return the notice, as the next version, after e-mails, scheduled sends, schedules and endpoints failed.

    ``at`` is the civil time at which it is made.
    """
    failed = {
        "delivery_ids": delivery_ids,
        "invoice_ids": invoice_ids,
        "recurring_ids": recurring_ids,
        "webhook_ids": webhook_ids,
    }
    named: dict[str, tuple[str, ...]] = {name: getattr(notice, name) for name in failed}
    room, count = MOST_NAMED - sum(map(len, named.values())), notice.count
    for name, ids in failed.items():
        fresh = [each for each in dict.fromkeys(ids) if each not in named[name]]
        named[name] += tuple(fresh[:room])
        room -= len(fresh[:room])
        count += len(fresh)
    more = replace(
        notice,
        version=notice.version + 1,
        delivery_ids=named["delivery_ids"],
        invoice_ids=named["invoice_ids"],
        recurring_ids=named["recurring_ids"],
        webhook_ids=named["webhook_ids"],
        count=count,
    )
    return more if notice.due_at else scheduled(more, now, at, time_zone)


def scheduled(notice: AccountNotice, now: datetime, at: time, time_zone: str) -> AccountNotice:
    """Return the notice as it waits for the next civil time: after ``now``, and on a day without a notice so far."""
    day = today(now, time_zone)
    if notice.told_on:
        day = max(day, notice.told_on + timedelta(days=1))
    while (due_at := local_instant(day, at, time_zone)) <= now:
        day += timedelta(days=1)
    return replace(notice, day=day, due_at=due_at)


def told(notice: AccountNotice) -> AccountNotice:
    """Return the notice, as the next version, after it was made: it starts to gather again."""
    return replace(dropped(notice), told_on=notice.day)


def dropped(notice: AccountNotice) -> AccountNotice:
    """Return the notice, as the next version, with nothing to tell."""
    empty = AccountNotice(account=notice.account, id=notice.id, version=notice.version + 1)
    return replace(empty, told_on=notice.told_on)


def due_notice(notice: AccountNotice) -> DueWork | None:
    """Return the next work of a notice, None while there is nothing to tell."""
    return DueWork(notice.due_at, Work.NOTICE) if notice.due_at else None
