"""Delete a suppression, so that its mailbox gets e-mails again."""

from invoicing.domain.deliveries.addresses import mailbox_of
from invoicing.domain.deliveries.suppression import FailureStreak, Suppression
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def delete_suppression(uow: UnitOfWork, address: str) -> None:
    """Delete the suppression of an address in any spelling; without one nothing happens.

    Its failures are forgotten, so that it takes as many in a row again to suppress it.
    """
    mailbox = mailbox_of(address)
    uow.prefetch((Suppression, mailbox), (FailureStreak, mailbox))
    suppression, streak = uow.find(Suppression, mailbox), uow.find(FailureStreak, mailbox)
    if suppression is None:
        return
    uow.changes.remove(suppression)
    if streak is not None:
        uow.changes.remove(streak)
