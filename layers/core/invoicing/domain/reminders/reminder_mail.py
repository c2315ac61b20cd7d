"""Reminder e-mails: which invoices each names."""

from datetime import date, datetime

from invoicing.dataclass import dataclass
from invoicing.domain.reminders.settings import Mode


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderMail:
    """A reminder that a customer is sent on the civil date ``day`` of the account; its deliveries name it.

    ``invoices`` are the ids of all that it names, the first due first, each with the offset of its step in days from
    the due date, None where it has no step that day. ``subject`` and ``message`` are the templates of the step of the
    `lead`, None for the default wording. ``skipped`` is why nothing of it was sent after all.
    """

    account: str
    id: str
    version: int = 1
    customer_id: str
    day: date
    mode: Mode = "per_invoice"
    invoices: tuple[tuple[str, int | None], ...]
    subject: str | None = None
    message: str | None = None
    skipped: str | None = None
    created_at: datetime

    @property
    def lead(self) -> str:
        """The id of the invoice whose step words the e-mail: the first due of those with a step, else of all."""
        return next((invoice for invoice, offset in self.invoices if offset is not None), self.invoices[0][0])
