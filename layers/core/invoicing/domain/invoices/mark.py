"""Marks: what became of an invoice, in one word across a copy of it."""

from datetime import date
from typing import Literal

from invoicing.domain.invoices.invoice import Invoice, Status
from invoicing.domain.invoices.lifecycle import is_overdue

Mark = Literal["paid", "overdue", "cancelled", "credited"]


def mark_of(invoice: Invoice, today: date) -> Mark | None:
    """Return the mark of an issued invoice, None where nothing has happened yet that one word says.

    Credited is what credit notes took back as a whole; what was written off is no payment, and its customer is not
    told. ``today`` is the date in the account's time zone.
    """
    if invoice.status is Status.CANCELLED:
        return "cancelled"
    if invoice.total and invoice.amount_credited == invoice.total:
        return "credited"
    if invoice.status is Status.PAID:
        return None if invoice.amount_written_off else "paid"
    return "overdue" if is_overdue(invoice, today) else None


def was_paid(invoice: Invoice) -> bool:
    """Whether money settled an invoice whose status is paid, not only a credit note, nor a write-off of the rest."""
    return invoice.amount_paid > 0 and not invoice.amount_written_off
