"""Remind a customer of an invoice now, whatever the schedule says."""

from dataclasses import replace

from invoicing.domain.errors import Detail, ValidationFailed
from invoicing.domain.events.invoices import INVOICE_REMINDER_SENT
from invoicing.domain.invoices.lifecycle import require
from invoicing.domain.reminders.state import reminded_by_hand
from invoicing.operations.reminders._emails import order_reminder
from invoicing.operations.reminders._reminded import Reminded, read_reminded
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def remind_customer(uow: UnitOfWork, invoice_id: str, *, page_url: str) -> Reminded:
    """Order a reminder of the invoice; the steps of the customer that fall on the same day are not sent any more.

    `NotFound` ``INVOICE_NOT_FOUND``; `Conflict` ``INVALID_INVOICE_STATE`` while nothing is due; `ValidationFailed`
    ``RECIPIENT_MISSING``, ``RECIPIENT_SUPPRESSED``.
    """
    reminded = read_reminded(uow, invoice_id)
    invoice, recipient = reminded.invoice, reminded.recipient
    require(invoice, "remind")
    if recipient.customer.email is None:
        message = "The customer has no e-mail address to send a reminder to."
        raise ValidationFailed(Detail("customer.email", message, "RECIPIENT_MISSING"))
    named = ((invoice.id, None),)
    deliveries = order_reminder(uow, recipient, invoice, named, mode="per_invoice", page_url=page_url, unattended=False)
    reminder = recipient.reminder
    reminder = replace(reminder, version=reminder.version + 1, reminded_at=uow.now)
    reminders = reminded_by_hand(reminded.reminders, uow.now, tuple(each.id for each in deliveries))
    uow.changes.save(reminder)
    uow.changes.save(reminders)
    uow.record(INVOICE_REMINDER_SENT, invoice, deliveries=deliveries)
    return replace(reminded, reminders=reminders, recipient=replace(recipient, reminder=reminder))
