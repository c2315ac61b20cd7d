"""What an invoice waits for: becoming overdue, being sent, and being charged a late fee."""

from dataclasses import replace
from datetime import datetime

from invoicing.domain.calendar import end_of_day
from invoicing.domain.due_work import DueWork, Work
from invoicing.domain.invoices.invoice import OPEN_STATUSES, Invoice
from invoicing.domain.invoices.scheduled_send import send_in_time_zone


def due_work_of(invoice: Invoice) -> DueWork | None:
    """Return the next work of an invoice, None when it waits for nothing."""
    waiting = []
    if invoice.next_overdue_at:
        waiting.append(DueWork(invoice.next_overdue_at, Work.OVERDUE))
    if invoice.scheduled_send and (at := invoice.scheduled_send.due_at):
        waiting.append(DueWork(at, Work.SCHEDULED_SEND))
    if invoice.next_late_fee:
        waiting.append(DueWork(invoice.next_late_fee.at, Work.LATE_FEE))
    return min(waiting, default=None)


def overdue_from(invoice: Invoice, time_zone: str) -> datetime:
    """Return the instant from which an open invoice is overdue: the first after its due date, or that of its issue."""
    past_due = end_of_day(invoice.due_date, time_zone)
    return past_due if invoice.sent_at is None else max(past_due, invoice.sent_at)


def awaiting_overdue(invoice: Invoice, time_zone: str) -> Invoice:
    """Return the invoice with the instant at which it becomes overdue, None where it cannot or is overdue already."""
    if invoice.status not in OPEN_STATUSES:
        return closed(invoice)
    at = None if invoice.overdue_at else overdue_from(invoice, time_zone)
    return replace(invoice, next_overdue_at=at)


def closed(invoice: Invoice) -> Invoice:
    """Return an invoice that is no longer open: it is not overdue, and becomes so again only when it is open again."""
    return replace(invoice, next_overdue_at=None, overdue_at=None, next_late_fee=None)


def in_time_zone(invoice: Invoice, time_zone: str) -> Invoice:
    """Return the invoice with the instants of what it waits for in a new time zone of its account.

    What has happened stays.
    """
    waiting = awaiting_overdue(invoice, time_zone)
    send = waiting.scheduled_send
    return replace(waiting, scheduled_send=send_in_time_zone(send, time_zone)) if send else waiting
