"""What other use cases tell the reminders of an invoice: that it is issued, e-mailed again, or open again.

An account about whose reminders nothing was ever said has none, and costs no more than the look for its settings.
"""

from dataclasses import replace

from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.parties.customer import Customer
from invoicing.domain.reminders.customer_reminder import CustomerReminder
from invoicing.domain.reminders.planning import next_look
from invoicing.domain.reminders.state import InvoiceReminders, mailed, reopened
from invoicing.operations.reminders._reminded import Reminded, reminded_of, reminders_of
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def begin_reminders(uow: UnitOfWork, issued: Invoice, *, is_mailed: bool) -> None:
    """Let an invoice that is issued now wait for its first step, if reminders are on for it. One request more."""
    customer_id = issued.buyer.id
    uow.prefetch((InvoiceReminders, issued.id), (Customer, customer_id), (CustomerReminder, customer_id))
    reminded = reminded_of(uow, issued)
    before = reminded.reminders
    if before.version == 0 and not reminded.rules.enabled:
        return
    begun = replace(before, mailed_at=uow.now if is_mailed else None)
    wait(uow, replace(reminded, reminders=begun))


def note_mailed(uow: UnitOfWork, invoice: Invoice) -> None:
    """Keep that an issued invoice is e-mailed again: no reminder of it goes out on the same day."""
    if reminders := uow.find(InvoiceReminders, invoice.id):
        uow.changes.save(mailed(reminders, uow.now))


def reopen_reminders(uow: UnitOfWork, invoice: Invoice) -> None:
    """Let the steps of an invoice come again of which something is due again; those that passed meanwhile do not."""
    uow.changes.save(reopened(reminders_of(uow, invoice.id), uow.now))


def look_again(uow: UnitOfWork, reminded: Reminded) -> None:
    """Let an issued invoice wait for what comes next now that something else decides; nothing else is written."""
    before = reminded.reminders
    at = next_look(reminded.situation, uow.now)
    if at == before.next_at:
        return
    if before.version == 0:
        reminded = replace(reminded, reminders=replace(before, mailed_at=reminded.invoice.sent_at))
    wait(uow, reminded)


def wait(uow: UnitOfWork, reminded: Reminded) -> InvoiceReminders:
    """Write the reminders of an issued invoice with the instant at which to look next."""
    reminders = reminded.reminders
    after = replace(reminders, version=reminders.version + 1, next_at=next_look(reminded.situation, uow.now))
    uow.changes.save(after)
    return after
