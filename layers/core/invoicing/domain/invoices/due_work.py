"""What an invoice waits for: becoming overdue, and being sent."""

from dataclasses import replace
from datetime import datetime

from invoicing.domain.calendar import end_of_day
from invoicing.domain.due_work import DueWork, Work
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.invoices.lifecycle import OPEN_STATUSES


def due_work_of(invoice: Invoice) -> DueWork | None:
    """Return the next work of an invoice, None when it waits for nothing."""
    waiting = []
    if invoice.next_overdue_at:
        waiting.append(DueWork(invoice.next_overdue_at, Work.OVERDUE))
    if invoice.scheduled_send:
        waiting.append(DueWork(invoice.scheduled_send.at, Work.SCHEDULED_SEND))
    return min(waiting, default=None)


def overdue_from(invoice: Invoice, time_zone: str) -> datetime:
    """Return the instant from which an open invoice is overdue: the first after its due date, or that of its issue."""
    past_due = end_of_day(invoice.due_date, time_zone)
    return past_due if invoice.sent_at is None else max(past_due, invoice.sent_at)


def awaiting_overdue(invoice: Invoice, time_zone: str) -> Invoice:
    """Return the invoice with the instant at which it becomes overdue, None where it cannot or is overdue already.

    What is no longer open is not overdue, and becomes so again when it is open again.
    """
    if invoice.status not in OPEN_STATUSES:
        return replace(invoice, next_overdue_at=None, overdue_at=None)
    at = None if invoice.overdue_at else overdue_from(invoice, time_zone)
    return replace(invoice, next_overdue_at=at)
