"""The reminder of a customer as a document: an e-mail about invoices as they are when it is sent."""

from dataclasses import dataclass

from invoicing.domain.invoices.invoice import OPEN_STATUSES, Invoice, Status
from invoicing.domain.reminders.reminder_mail import ReminderMail
from invoicing.domain.reminders.state import Reason
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork

_AT_ONCE = 100
"""The most invoices that are read in one request."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """A reminder e-mail with the invoices that it names, as they were read, in its order."""

    mail: ReminderMail
    invoices: tuple[Invoice, ...]

    @property
    def owed(self) -> tuple[Invoice, ...]:
        """The invoices of which something is due: what was settled since the e-mail was ordered is left out."""
        return tuple(invoice for invoice in self.invoices if closed_by(invoice) is None)

    @property
    def lead(self) -> Invoice:
        """The invoice that the e-mail is worded for."""
        return next((invoice for invoice in self.owed if invoice.id == self.mail.lead), self.owed[0])


def closed_by(invoice: Invoice) -> Reason | None:
    """Return why nothing is due of an issued invoice; None while something is."""
    if invoice.status in OPEN_STATUSES:
        return None
    return Reason.CANCELLED if invoice.status is Status.CANCELLED else Reason.PAID


def read_reminder(uow: UnitOfWork, mail_id: str) -> Reminder:
    """Read an e-mail and its invoices consistently; `NotFound` ``REMINDER_MAIL_NOT_FOUND``."""
    mail = uow.get(ReminderMail, mail_id)
    ids = [invoice for invoice, _ in mail.invoices]
    for start in range(0, len(ids), _AT_ONCE):
        uow.prefetch(*((Invoice, invoice) for invoice in ids[start : start + _AT_ONCE]))
    return Reminder(mail=mail, invoices=tuple(uow.get(Invoice, invoice) for invoice in ids))
