"""What reminders wait for: looks at invoices, and the e-mails that name what they gathered."""

from invoicing.domain.due_work import DueWork, Work
from invoicing.domain.reminders.customer_reminder import CustomerReminder
from invoicing.domain.reminders.state import InvoiceReminders


def due_look(reminders: InvoiceReminders) -> DueWork | None:
    """Return the next look at an invoice, None when its reminders wait for nothing."""
    return DueWork(reminders.next_at, Work.REMINDER) if reminders.next_at else None


def due_email(reminder: CustomerReminder) -> DueWork | None:
    """Return the next work of a customer's reminder: to tell invoices of the last e-mail, else to make the next."""
    at = reminder.made_at if reminder.outcomes else reminder.due_at
    return DueWork(at, Work.REMINDER_EMAIL) if at else None
