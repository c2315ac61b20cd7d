"""Events of invoices."""

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Literal, NotRequired, TypedDict

from invoicing.domain.calendar import instant_text
from invoicing.domain.events.event import EventType
from invoicing.domain.events.summaries import (
    ChangedFields,
    EmailEnd,
    EmailOrder,
    changed_fields,
    document_order,
    email_end,
    email_order,
)
from invoicing.domain.money.amounts import to_major

if TYPE_CHECKING:
    from invoicing.domain.deliveries.delivery import Delivery
    from invoicing.domain.invoices.invoice import Invoice
    from invoicing.domain.reminders.state import PastStep


class _Overdue(TypedDict, total=False):
    overdue_at: str


class InvoiceSummary(EmailOrder, ChangedFields, EmailEnd, _Overdue):
    """An invoice in events."""

    id: str
    object: Literal["invoice"]
    invoice_number: str | None
    status: str
    version: int
    customer_id: str
    recurring_id: str | None
    currency: str
    total: Decimal
    amount_payable: Decimal
    amount_paid: Decimal
    amount_due: Decimal
    issue_date: str
    due_date: str
    created_at: str
    scheduled_send_at: str | None


class ReminderSummary(InvoiceSummary):
    """An invoice of which a reminder was sent or a step skipped; ``step`` is None for a reminder by hand."""

    step: NotRequired[int | None]
    step_at: NotRequired[str | None]
    reason: NotRequired[str]
    document: NotRequired[str]
    document_id: NotRequired[str]


class TemplateInEvent(TypedDict):
    """The version of a template."""

    id: str
    version: int


class _FailedTexts(TypedDict, total=False):
    failed_texts: list[str]
    template: TemplateInEvent | None


class TextSummary(InvoiceSummary, _FailedTexts):
    """An invoice in whose e-mail own texts failed."""


class _Reminded(TypedDict, total=False):
    step: int | None
    step_at: str | None
    delivery_ids: list[str]
    reason: str


def invoice_summary(
    invoice: "Invoice",
    *,
    deliveries: "Sequence[Delivery]" = (),
    changed: Sequence[str] = (),
    overdue_at: str = "",
    delivery: "Delivery | None" = None,
) -> InvoiceSummary:
    """Summarize an invoice without lines and personal data.

    ``deliveries`` are the e-mails that follow, ``delivery`` is the one that the event is about.
    """
    overdue: _Overdue = {"overdue_at": overdue_at} if overdue_at else {}
    return {
        "id": invoice.id,
        "object": "invoice",
        "invoice_number": invoice.number,
        "status": str(invoice.status),
        "version": invoice.version,
        "customer_id": invoice.buyer.id,
        "recurring_id": invoice.recurring_id,
        "currency": invoice.currency,
        "total": to_major(invoice.total, invoice.currency),
        "amount_payable": to_major(invoice.amount_payable, invoice.currency),
        "amount_paid": to_major(invoice.amount_paid, invoice.currency),
        "amount_due": to_major(invoice.amount_due, invoice.currency),
        "issue_date": invoice.issue_date.isoformat(),
        "due_date": invoice.due_date.isoformat(),
        "created_at": instant_text(invoice.created_at),
        "scheduled_send_at": instant_text(invoice.scheduled_send.at) if invoice.scheduled_send else None,
        **email_order(deliveries),
        **changed_fields(changed),
        **email_end(delivery),
        **overdue,
    }


def reminder_summary(
    invoice: "Invoice", *, step: "PastStep | None" = None, deliveries: "Sequence[Delivery]" = ()
) -> ReminderSummary:
    """Summarize an invoice of which a reminder was sent or a step skipped.

    ``step`` is the one of its schedule, None for a reminder by hand. ``deliveries`` are those that were ordered with
    this invoice of all that they name; the queued ones follow.
    """
    queued = [each for each in deliveries if each.status == "queued"]
    return {**invoice_summary(invoice), **document_order(queued), **_reminded(step, deliveries)}


def text_summary(invoice: "Invoice", *, texts: Sequence[str] = ()) -> TextSummary:
    """Summarize an invoice in whose e-mail own texts failed."""
    used = invoice.template
    template: TemplateInEvent | None = {"id": used.id, "version": used.version} if used else None
    failed: _FailedTexts = {"failed_texts": list(texts), "template": template} if texts else {}
    return {**invoice_summary(invoice), **failed}


def _reminded(step: "PastStep | None", deliveries: "Sequence[Delivery]") -> _Reminded:
    """Return what became of a step, or of a reminder by hand; nothing of neither."""
    if step is None:
        ids = [each.id for each in deliveries]
        return {"step": None, "step_at": None, "delivery_ids": ids} if deliveries else {}
    at = instant_text(step.at)
    if step.reason:
        return {"step": step.offset, "step_at": at, "reason": str(step.reason)}
    return {"step": step.offset, "step_at": at, "delivery_ids": list(step.delivery_ids)}


def _type(happened: str, meaning: str) -> "EventType[Invoice]":
    return EventType(f"invoice.{happened}", meaning, invoice_summary)


INVOICE_CREATED = _type("created", "A draft was created, also by duplicating or revising an invoice.")
INVOICE_UPDATED = _type(
    "updated",
    "A draft was changed, or a refund, reversal or credit note changed the amounts of an issued invoice, or its "
    "write-off was undone, or the draft that revises it was deleted, or a send was scheduled, cancelled or failed, or "
    "a late fee was charged or could not be, or the link of the hosted page or metadata was changed; `changed` names "
    "the fields.",
)
INVOICE_DELETED = _type("deleted", "A draft was deleted.")
INVOICE_SENT = _type(
    "sent", "The invoice was issued; `email_requested` says whether e-mails follow, `delivery_ids` which."
)
INVOICE_RESENT = _type("resent", "The invoice was e-mailed again; `delivery_ids` says which e-mails follow.")
INVOICE_VIEWED = _type("viewed", "The customer opened the hosted page for the first time.")
INVOICE_PARTIALLY_PAID = _type("partially_paid", "A payment paid part of the amount due.")
INVOICE_PAID = _type("paid", "The invoice was paid in full, or issued with a total of 0.")
INVOICE_OVERDUE = _type(
    "overdue",
    "The due date passed while something was due, or something was due again after it had; `overdue_at` says when.",
)
INVOICE_WRITTEN_OFF = _type(
    "written_off", "What was due, or a part of it, was given up as lost; `changed` names the fields."
)
INVOICE_CANCELLED = _type("cancelled", "The invoice was voided or revised.")
INVOICE_EMAIL_DELIVERED = _type(
    "email_delivered", "The recipient's mail server took an e-mail; `delivery_id` says which."
)
INVOICE_EMAIL_BOUNCED = _type(
    "email_bounced", "An e-mail came back for good, and its address is suppressed from now on; `failure` says why."
)
INVOICE_EMAIL_FAILED = _type(
    "email_failed", "An e-mail was not sent, or came back, which need not be for good; `failure` says why."
)
INVOICE_EMAIL_UNCONFIRMED = _type(
    "email_unconfirmed", "The mail service did not confirm an e-mail; it may have been sent, and is not sent again."
)
INVOICE_REMINDER_SENT: "EventType[Invoice]" = EventType(
    "invoice.reminder_sent",
    "A reminder that names the invoice was made; `step` is its step, in days from the due date, null when it was asked "
    "for by hand, and `delivery_ids` its e-mails. A reminder of several invoices has one for each.",
    reminder_summary,
)
INVOICE_REMINDER_SKIPPED: "EventType[Invoice]" = EventType(
    "invoice.reminder_skipped",
    "A step of the reminders of the invoice is not sent; `reason` says why.",
    reminder_summary,
)
INVOICE_TEXT_FAILED: "EventType[Invoice]" = EventType(
    "invoice.text_failed",
    "A text of your own failed in an e-mail about the invoice, as a very long invoice makes it too long: ours was sent "
    "in its place, or none; `failed_texts` names it, once for all e-mails of the invoice.",
    text_summary,
)
