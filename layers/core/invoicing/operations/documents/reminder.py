"""The reminder of a customer as a document: an e-mail about invoices as they are when it is sent."""

from collections.abc import Sequence

from invoicing.dataclass import dataclass
from invoicing.domain.invoices.invoice import OPEN_STATUSES, Invoice, Status
from invoicing.domain.reminders.reminder_mail import ReminderMail
from invoicing.domain.reminders.state import Reason
from invoicing.operations.documents.document_type import DocumentType
from invoicing.operations.documents.invoice import INVOICE, note_failed_texts
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork

_AT_ONCE = 100
"""The most invoices that are read in one request."""

MOST_CHECKED = 90
"""The most invoices that the transaction checks which begins to send: it has at most 100 items."""


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


def read_reminder(uow: UnitOfWork, mail: ReminderMail) -> Reminder:
    """Read the invoices of an e-mail, each consistently."""
    ids = [invoice for invoice, _ in mail.invoices]
    for start in range(0, len(ids), _AT_ONCE):
        uow.prefetch(*((Invoice, invoice) for invoice in ids[start : start + _AT_ONCE]))
    return Reminder(mail=mail, invoices=tuple(uow.get(Invoice, invoice) for invoice in ids))


def _refusal(reminder: Reminder) -> str | None:
    """Say why nothing is owed any more: a reminder of which everything was cancelled is not one that was paid."""
    if reminder.owed:
        return None
    reasons = {closed_by(invoice) for invoice in reminder.invoices}
    return (Reason.PAID if Reason.PAID in reasons else Reason.CANCELLED).value


def _parts(reminder: Reminder) -> Sequence[Invoice]:
    """Return the invoices that must be as they were read, the first due first.

    Of very many, a payment of the last ones may cross the e-mail in the instant in which it is sent.
    """
    return reminder.invoices[:MOST_CHECKED]


def _skip(uow: UnitOfWork, mail: ReminderMail, reason: str) -> None:
    from invoicing.operations.reminders._emails import take_back  # noqa: PLC0415

    take_back(uow, mail, Reason(reason))


REMINDER: DocumentType[Reminder] = DocumentType(
    name="reminder",
    kind=ReminderMail,
    read=read_reminder,
    parts=_parts,
    refusal=_refusal,
    skip=_skip,
    resource=lambda uow, mail: uow.get(Invoice, mail.lead),
    note_failed_texts=note_failed_texts,
    email_events=INVOICE.email_events,
)
