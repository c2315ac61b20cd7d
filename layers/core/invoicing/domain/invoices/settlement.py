"""Settlement: how payments, credit notes and write-offs change the amounts and the state of an invoice.

Always: amount due = amount payable - paid (less what was returned) - applied by credit notes - written off, and never
below 0.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from invoicing.domain.errors import Detail, ValidationFailed
from invoicing.domain.invoices.due_work import closed, overdue_from
from invoicing.domain.invoices.invoice import (
    OPEN_STATUSES,
    Invoice,
    InvoiceCreditNote,
    InvoicePayment,
    InvoiceRefund,
    Status,
)
from invoicing.domain.invoices.lifecycle import became_overdue, require
from invoicing.domain.invoices.line import LineCredit
from invoicing.domain.money.amounts import to_major
from invoicing.domain.money.rounding import summed
from invoicing.domain.money.tax_parts import TaxParts, less, share_of, sum_of

MOST_PAYMENTS = 500
"""The most payments of one invoice: each is stored with it."""

KEPT_CREDIT_NOTES = 100
"""The number of credit notes that are stored with their invoice, the latest; the others are in its list only."""

KEPT_REFUNDS = 20
"""The number of refunds of a payment that are stored with its invoice, the latest; the payment has all of them."""

WRITE_OFF_FIELDS = ("amount_written_off", "write_off_date", "write_off_reason", "written_off_at")
"""What a write-off and its undoing change, beside the amount due and the status."""

STATUSES_BEFORE_PAYMENT = (Status.SENT, Status.VIEWED, Status.OVERDUE)


def pay(invoice: Invoice, payment: InvoicePayment, now: datetime) -> Invoice:
    """Add a payment of at most the amount due.

    `Conflict` as `require`; `ValidationFailed` ``AMOUNT_EXCEEDS_DUE``, ``TOO_MANY_PAYMENTS``.
    """
    require(invoice, "pay")
    if payment.amount > invoice.amount_due:
        raise exceeds_due("amount", payment.amount, invoice)
    if len(invoice.payments) >= MOST_PAYMENTS:
        message = f"An invoice can have at most {MOST_PAYMENTS} payments."
        raise ValidationFailed(Detail("", message, "TOO_MANY_PAYMENTS"), code="TOO_MANY_PAYMENTS")
    payments = (*invoice.payments, payment)
    paid = invoice.amount_paid + payment.amount
    return _settled(invoice, now, amount_paid=paid, payments=payments)


def apply_refund(
    invoice: Invoice,
    payment_id: str,
    amount: int,
    time_zone: str,
    now: datetime,
    *,
    of_credit_notes: int = 0,
    refund: InvoiceRefund | None = None,
    reversal_date: date | None = None,
) -> Invoice:
    """Take ``amount`` of a payment off the invoice, after a ``refund`` or on the date of a reversal.

    ``of_credit_notes`` of it is customer credit of the invoice's credit notes, which lowers the amount due instead;
    ``time_zone`` is the account's.
    `LookupError` for more than is paid: no payment has as much left on such an invoice.
    """
    if amount > invoice.amount_paid:
        raise LookupError(f"less is paid of an invoice that is {invoice.status}")
    payments = tuple(
        _returned(payment, amount, refund, reversal_date) if payment.payment_id == payment_id else payment
        for payment in invoice.payments
    )
    return _due_again(
        invoice,
        time_zone,
        now,
        amount_paid=invoice.amount_paid - amount,
        applied_to_invoice=invoice.applied_to_invoice + of_credit_notes,
        credited_to_customer=invoice.credited_to_customer - of_credit_notes,
        **_credit_taxes_applied(invoice, of_credit_notes),
        payments=payments,
    )


def credit(
    invoice: Invoice, note: InvoiceCreditNote, credited: Mapping[str, LineCredit], now: datetime, *, taxes: TaxParts
) -> Invoice:
    """Add a credit note with these taxes, after which ``credited`` is credited by line. `Conflict` as `require`."""
    require(invoice, "credit")
    payable = note.applied_to_invoice + note.credited_to_customer
    applied = share_of(taxes, Fraction(note.applied_to_invoice, payable) if payable else Fraction(1))
    return _settled(
        invoice,
        now,
        amount_credited=invoice.amount_credited + note.total,
        applied_to_invoice=invoice.applied_to_invoice + note.applied_to_invoice,
        credited_to_customer=invoice.credited_to_customer + note.credited_to_customer,
        applied_taxes=sum_of(invoice.applied_taxes, applied),
        credit_taxes=sum_of(invoice.credit_taxes, less(taxes, applied)),
        credited=credited,
        withheld_credited=summed(invoice.withheld_credited, note.withheld),
        credit_notes=(*invoice.credit_notes, note)[-KEPT_CREDIT_NOTES:],
    )


def void_credit(
    invoice: Invoice,
    note: InvoiceCreditNote,
    credited: Mapping[str, LineCredit],
    time_zone: str,
    now: datetime,
    *,
    taxes: TaxParts,
) -> Invoice:
    """Take back a credit note with these taxes, after which ``credited`` is credited by line.

    What it took off the amount due is due again; ``time_zone`` is the account's. `LookupError` for more than the
    customer credit of the invoice's credit notes.
    """
    if note.credited_to_customer > invoice.credited_to_customer:
        raise LookupError("credit of the credit note was used")
    after = _credit_taxes_applied(invoice, note.credited_to_customer)
    notes = tuple(
        replace(each, voided_at=now) if each.credit_note_id == note.credit_note_id else each
        for each in invoice.credit_notes
    )
    return _due_again(
        invoice,
        time_zone,
        now,
        amount_credited=invoice.amount_credited - note.total,
        applied_to_invoice=invoice.applied_to_invoice - note.applied_to_invoice,
        credited_to_customer=invoice.credited_to_customer - note.credited_to_customer,
        credit_taxes=after["credit_taxes"],
        applied_taxes=less(after["applied_taxes"], taxes),
        credited=credited,
        withheld_credited=summed(invoice.withheld_credited, [-amount for amount in note.withheld]),
        credit_notes=notes,
    )


def write_off(invoice: Invoice, reason: str | None, on: date, now: datetime, *, amount: int | None = None) -> Invoice:
    """Write off ``amount`` as lost, all that is due by default; ``write_off_date`` is the date of the latest.

    `Conflict` as `require`; `ValidationFailed` ``AMOUNT_EXCEEDS_DUE``.
    """
    require(invoice, "write_off")
    amount = invoice.amount_due if amount is None else amount
    if amount > invoice.amount_due:
        raise exceeds_due("amount", amount, invoice)
    # A second write-off adds to the first: of the rest, or of what a refund since made due again.
    written_off = invoice.amount_written_off + amount
    latest = max(on, invoice.write_off_date or on)
    lost = {"written_off_at": now, "write_off_date": latest, "write_off_reason": reason}
    return _settled(invoice, now, amount_written_off=written_off, **lost)


def undo_write_off(invoice: Invoice, time_zone: str, now: datetime) -> Invoice:
    """Make the amount that was written off due again; ``time_zone`` is the account's. `Conflict` as `require`."""
    require(invoice, "undo_write_off")
    due_again = {"written_off_at": None, "write_off_date": None, "write_off_reason": None}
    return _due_again(invoice, time_zone, now, amount_written_off=0, **due_again)


def exceeds_due(field: str, amount: int, invoice: Invoice) -> ValidationFailed:
    """Make a `ValidationFailed` ``AMOUNT_EXCEEDS_DUE`` for an amount in minor units."""
    given, due = (to_major(minor, invoice.currency) for minor in (amount, invoice.amount_due))
    message = f"{field} must be at most the amount due, {due} {invoice.currency}.{write_off_advice(invoice)}"
    return ValidationFailed(Detail(field, message, "AMOUNT_EXCEEDS_DUE", given), code="AMOUNT_EXCEEDS_DUE")


def write_off_advice(invoice: Invoice) -> str:
    """Return the sentence for a payment that finds too little due because of a write-off, or an empty text."""
    if not invoice.amount_written_off:
        return ""
    lost = to_major(invoice.amount_written_off, invoice.currency)
    return f" {lost} {invoice.currency} is written off; undo the write-off first."


def state_of(invoice: Invoice) -> Status:
    """Derive the state of an issued invoice from its amounts; a cancelled one stays so.

    With nothing paid it keeps its state or returns to it: overdue, else viewed, else sent.
    """
    if invoice.status is Status.CANCELLED:
        return Status.CANCELLED
    if invoice.amount_due == 0:
        return Status.PAID
    if invoice.amount_paid:
        return Status.PARTIALLY_PAID
    if invoice.status in STATUSES_BEFORE_PAYMENT:
        return invoice.status
    if invoice.overdue_at:
        return Status.OVERDUE
    return Status.VIEWED if invoice.viewed_at else Status.SENT


def _credit_taxes_applied(invoice: Invoice, amount: int) -> dict[str, TaxParts]:
    """Return the taxes after so much of the customer credit of credit notes lowers the amount due instead."""
    moved = share_of(invoice.credit_taxes, Fraction(amount, invoice.credited_to_customer)) if amount else ()
    return {
        "applied_taxes": sum_of(invoice.applied_taxes, moved),
        "credit_taxes": less(invoice.credit_taxes, moved),
    }


def _returned(
    payment: InvoicePayment, amount: int, refund: InvoiceRefund | None, reversal_date: date | None
) -> InvoicePayment:
    refunds = payment.refunds if refund is None else (*payment.refunds, refund)[-KEPT_REFUNDS:]
    return replace(payment, returned=payment.returned + amount, refunds=refunds, reversal_date=reversal_date)


def _settled(invoice: Invoice, now: datetime, **changes: Any) -> Invoice:
    changed = replace(invoice, **changes, version=invoice.version + 1, updated_at=now)
    status = state_of(changed)
    # What is paid in full needs no further copy, unless that was scheduled when it was paid already.
    send = None if status is Status.PAID and invoice.status is not Status.PAID else invoice.scheduled_send
    settled = replace(changed, status=status, paid_date=_paid_date(changed), scheduled_send=send)
    return settled if settled.status in OPEN_STATUSES else closed(settled)


def _due_again(invoice: Invoice, time_zone: str, now: datetime, **changes: Any) -> Invoice:
    """Return an invoice of which more is due; past its due date it is overdue at once, a paid one from now on."""
    settled = _settled(invoice, now, **changes)
    if settled.status not in OPEN_STATUSES or settled.overdue_at:
        return settled
    at = overdue_from(settled, time_zone)
    if at > now:
        return replace(settled, next_overdue_at=at)
    return became_overdue(settled, at if invoice.status in OPEN_STATUSES else now, now)


def _paid_date(invoice: Invoice) -> date | None:
    """Return the latest date of what is paid; None while an amount is due, after a write-off, and with nothing paid."""
    if invoice.amount_due or invoice.amount_written_off:
        return None
    return max((part.payment_date for part in invoice.payments if part.amount > part.returned), default=None)
