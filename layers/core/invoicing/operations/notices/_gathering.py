"""What is gathered for the next notice to the account.

Whoever records that something failed calls `tell_of` in the same transaction.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from invoicing.domain.deliveries.delivery import Delivery
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.notices.account_notice import AccountNotice, notice_id, scheduled, with_failures
from invoicing.domain.parties.account import Account
from invoicing.operations.account._own_account import PROFILE
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork

if TYPE_CHECKING:
    from invoicing.domain.recurring.recurring_invoice import RecurringInvoice
    from invoicing.domain.webhooks.webhook import Webhook


def tell_of(
    uow: UnitOfWork,
    failed: Sequence[Delivery] = (),
    account: Account | None = None,
    *,
    unsent: Sequence[Invoice] = (),
    unmade: "Sequence[RecurringInvoice]" = (),
    disabled: "Sequence[Webhook]" = (),
) -> None:
    """Let the next notice name what failed, if the account is to be told; one request, none where nothing did.

    That is e-mails, ``unsent`` invoices, whose scheduled sends failed, schedules with an ``unmade`` invoice, and
    ``disabled`` webhooks, whose endpoints failed.

    A notice that is being made meanwhile is not changed any more: the use case is retried, and the next one names them.
    """
    if not failed and not unsent and not unmade and not disabled:
        return
    identifier = notice_id(uow.account)
    if account is None:
        uow.prefetch((Account, PROFILE), (AccountNotice, identifier))
        account = uow.get(Account, PROFILE)
    if account.notified_at is None:
        return
    notice = uow.find(AccountNotice, identifier) or AccountNotice(account=uow.account, id=identifier, version=0)
    send_at = account.notifications.send_at
    after = with_failures(
        notice,
        [each.id for each in failed],
        uow.now,
        send_at,
        account.time_zone,
        invoice_ids=[each.id for each in unsent],
        recurring_ids=[each.id for each in unmade],
        webhook_ids=[each.id for each in disabled],
    )
    uow.changes.save(after)


def reschedule_notice(uow: UnitOfWork, account: Account) -> None:
    """Let a notice that waits do so for the civil time that the account has now; one request."""
    notice = uow.find(AccountNotice, notice_id(uow.account))
    if notice is None or notice.due_at is None:
        return
    moved = scheduled(notice, uow.now, account.notifications.send_at, account.time_zone)
    if moved != notice:
        uow.changes.save(replace(moved, version=notice.version + 1))
