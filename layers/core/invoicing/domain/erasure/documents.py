"""Erasure of what documents know of their customer: figures, numbers, dates, taxes and lines stay.

What is erased already is returned as it is.
"""

from dataclasses import replace
from datetime import datetime
from typing import Any

from invoicing.domain.credit_notes.credit_note import CreditNote
from invoicing.domain.deliveries.delivery import Delivery, DeliveryStatus
from invoicing.domain.erasure.customer import erased_buyer
from invoicing.domain.invoices.drafting import NewInvoice
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.invoices.particulars import NO_PARTICULARS, Particulars
from invoicing.domain.ledger.entry import LedgerEntry, Movement
from invoicing.domain.payments.credit_payout import CreditPayout
from invoicing.domain.payments.payment import Payment
from invoicing.domain.recurring.progress import cancelled
from invoicing.domain.recurring.recurring_invoice import RUNNING, RecurringInvoice

ERASED_REASON = "Erased"
"""Stands where a credit note had a reason: one without any is that of a cancelled invoice."""

SKIPPED = "customer_erased"
"""Why an e-mail that waited is not sent."""

_KEPT = (
    "delivery_date", "tax_point_date", "document_title", "payee", "tax_representative", "preceding_invoices",
)  # fmt: skip
"""The particulars that say nothing of the buyer."""

_WITH_REFERENCES = frozenset({Movement.PAYMENT, Movement.REFUND, Movement.REVERSAL, Movement.CREDIT_PAYOUT})
"""The movements whose entries name the reference of a payment, which may be a person's words."""

_TEXTS: dict[str, Any] = {
    "notes": None, "purchase_order": None, "email_subject": None, "email_message": None, "metadata": {},
}  # fmt: skip
"""What invoices and schedules have of texts, without any."""


def erased_invoice(invoice: Invoice, now: datetime) -> Invoice:
    """Return an invoice without its customer; its content hash would confirm who guesses a name, so it goes too."""
    after = replace(
        invoice,
        **_TEXTS,
        buyer=erased_buyer(invoice.buyer),
        particulars=_particulars(invoice.particulars),
        payments=tuple(replace(each, reference=None) for each in invoice.payments),
        scheduled_send=None,
        void_reason=None,
        write_off_reason=None,
        content_hash=None,
    )
    return _changed(invoice, after, updated_at=now)


def erased_credit_note(note: CreditNote, _: datetime) -> CreditNote:
    """Return a credit note without its customer."""
    after = replace(
        note,
        buyer=erased_buyer(note.buyer),
        particulars=_particulars(note.particulars),
        purchase_order=None,
        reason=None if note.reason is None else ERASED_REASON,
        void_reason=None,
        content_hash=None,
    )
    return _changed(note, after)


def erased_payment(payment: Payment, now: datetime) -> Payment:
    """Return a payment without its customer."""
    after = replace(
        payment,
        buyer=erased_buyer(payment.buyer),
        reference=None,
        notes=None,
        refunds=tuple(replace(each, reason=None) for each in payment.refunds),
        reversal_reason=None,
    )
    return _changed(payment, after, updated_at=now)


def erased_schedule(schedule: RecurringInvoice, now: datetime) -> RecurringInvoice:
    """Return a schedule cancelled, without the texts of its invoices."""
    ended = cancelled(schedule) if schedule.status in RUNNING else schedule
    after = replace(
        ended,
        content=_content(schedule.content),
        planned=tuple(each._replace(content=_content(each.content)) for each in schedule.planned),
    )
    return _changed(schedule, after, updated_at=now)


def erased_entry(entry: LedgerEntry) -> LedgerEntry:
    """Return a ledger entry without the reference of a payment."""
    if entry.document is None or entry.movement not in _WITH_REFERENCES:
        return entry
    return _changed(entry, replace(entry, document=None, content_hash=None))


def erased_payout(payout: CreditPayout) -> CreditPayout:
    """Return a payout of credit without its reference."""
    return _changed(payout, replace(payout, reference=None))


def erased_delivery(delivery: Delivery, now: datetime) -> Delivery:
    """Return an e-mail without its recipients and texts; one that waits is not sent."""
    waits = delivery.status is DeliveryStatus.QUEUED
    ended = replace(delivery, status=DeliveryStatus.SKIPPED, failure=SKIPPED) if waits else delivery
    after = replace(ended, recipient=None, to=(), cc=(), subject=None, message=None)
    return _changed(delivery, after, updated_at=now)


def _particulars(particulars: Particulars) -> Particulars:
    if not particulars:
        return particulars
    return replace(NO_PARTICULARS, **{name: getattr(particulars, name) for name in _KEPT})


def _content(content: NewInvoice) -> NewInvoice:
    return replace(content, **_TEXTS, particulars=_particulars(content.particulars))


def _changed[E](before: E, after: E, **values: Any) -> E:
    """Return what is erased as the next version, the same entity where nothing was."""
    if after == before:
        return before
    return replace(after, version=before.version + 1, **values)  # type: ignore[type-var,attr-defined]
