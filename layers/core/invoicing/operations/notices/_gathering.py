"""What is gathered for the next notice to the account.

Whoever records that something failed calls `tell_of` in the same transaction. Failures of further kinds, such as those
of recurring invoices, belong here too.
"""

from collections.abc import Sequence
from dataclasses import replace

from invoicing.domain.deliveries.delivery import Delivery
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.notices.account_notice import AccountNotice, notice_id, scheduled, with_failures
from invoicing.domain.parties.account import Account
from invoicing.operations.account._own_account import PROFILE
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def tell_of(
    uow: UnitOfWork, failed: Sequence[Delivery], account: Account | None = None, *, unsent: Sequence[Invoice] = ()
) -> None:
    """Let the next notice name what failed, if the account is to be told; one request, none where nothing did.

    That is e-mails, and ``unsent`` invoices, whose scheduled sends failed.

    A notice that is being made meanwhile is not changed any more: the use case is retried, and the next one names them.
    """
    if not failed and not unsent:
        return
    identifier = notice_id(uow.account)
    if account is None:
        uow.prefetch((Account, PROFILE), (AccountNotice, identifier))
        account = uow.get(Account, PROFILE)
    if account.notified_at is None:
        return
    notice = uow.find(AccountNotice, identifier) or AccountNotice(account=uow.account, id=identifier, version=0)
    send_at = account.notifications.send_at
    ids, invoices = [each.id for each in failed], [each.id for each in unsent]
    after = with_failures(notice, ids, uow.now, send_at, account.time_zone, invoice_ids=invoices)
    uow.changes.save(after)


def reschedule_notice(uow: UnitOfWork, account: Account) -> None:
    """Let a notice that waits do so for the civil time that the account has now; one request."""
    notice = uow.find(AccountNotice, notice_id(uow.account))
    if notice is None or notice.due_at is None:
        return
    moved = scheduled(notice, uow.now, account.notifications.send_at, account.time_zone)
    if moved != notice:
        uow.changes.save(replace(moved, version=notice.version + 1))
