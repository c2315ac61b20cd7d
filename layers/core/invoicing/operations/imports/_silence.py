"""Who was sent invoices by another system is not reminded of them by ours, unless that is asked for."""

from dataclasses import replace

from invoicing.domain.invoices.invoice import Invoice, Status
from invoicing.domain.reminders.account_reminders import REMINDERS, AccountReminders
from invoicing.domain.reminders.settings import ReminderOverride
from invoicing.domain.reminders.state import InvoiceReminders, reopened
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def keep_silent(uow: UnitOfWork, imported: Invoice, *, wants_reminders: bool) -> None:
    """Switch reminders of an imported invoice off or, where they are wanted, let only those come that lie ahead."""
    none = InvoiceReminders(account=uow.account, id=imported.id, version=0)
    if imported.status is Status.CANCELLED:
        return
    if not wants_reminders:
        override = ReminderOverride(enabled=False, since=uow.now)
        uow.changes.save(replace(none, version=1, override=override))
    elif imported.amount_due and uow.find(AccountReminders, REMINDERS) is not None:
        uow.changes.save(reopened(none, uow.now))
