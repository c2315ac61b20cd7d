"""Notices to the account of what failed, one a day."""

from dataclasses import replace

from invoicing.domain.calendar import local_instant
from invoicing.domain.deliveries.delivery import Delivery, DeliveryStatus
from invoicing.domain.due_work import Done, Work
from invoicing.domain.errors import InvoicingError
from invoicing.domain.events.notices import NOTICE_SENT
from invoicing.domain.notices.account_notice import AccountNotice, dropped, due_notice, told
from invoicing.domain.notices.notice_mail import NoticeMail
from invoicing.domain.parties.account import Account
from invoicing.operations.account._own_account import PROFILE
from invoicing.operations.documents.order_email import first_status
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def perform_due_work(uow: UnitOfWork, identifier: str) -> Done | None:
    """Make the notice that is due, as `invoicing.operations.reactions.run_due_work.Worker`.

    Before its civil time it waits on. An account that wants none by now, or has no address, is told nothing.
    """
    uow.prefetch((AccountNotice, identifier), (Account, PROFILE))
    notice = uow.find(AccountNotice, identifier)
    if notice is None or notice.due_at is None or notice.day is None or notice.due_at > uow.now:
        return None
    account = uow.get(Account, PROFILE)
    due_at = local_instant(notice.day, account.notifications.send_at, account.time_zone)
    if due_at > uow.now:
        after = replace(notice, version=notice.version + 1, due_at=due_at)
    elif account.notified_at is None:
        after = dropped(notice)
    else:
        _order(uow, notice, account, account.notified_at)
        after = told(notice)
    uow.changes.save(after)
    return Done(Work.NOTICE, due_notice(after))


def postpone_due_work(uow: UnitOfWork, identifier: str, error: InvoicingError) -> Done | None:  # noqa: ARG001
    """Raise the error: a notice waits for nothing but time."""
    raise error


def _order(uow: UnitOfWork, notice: AccountNotice, account: Account, address: str) -> None:
    """Store the notice with its delivery, which the event starts."""
    if notice.day is None:
        raise ValueError("the notice is not due")
    mail = NoticeMail(
        account=uow.account,
        id=uow.new_id("ntc"),
        day=notice.day,
        delivery_ids=notice.delivery_ids,
        invoice_ids=notice.invoice_ids,
        recurring_ids=notice.recurring_ids,
        webhook_ids=notice.webhook_ids,
        count=notice.count,
        created_at=uow.now,
    )
    delivery = Delivery(
        account=uow.account,
        id=uow.new_id("dlv"),
        version=1,
        document_kind="notice",
        document_id=mail.id,
        status=first_status(uow, address, account),
        recipient=address,
        to=(address,),
        hosted_url="",
        created_at=uow.now,
        updated_at=uow.now,
    )
    uow.changes.save(mail)
    uow.changes.save(delivery)
    uow.record(NOTICE_SENT, mail, deliveries=[delivery] if delivery.status is DeliveryStatus.QUEUED else [])
