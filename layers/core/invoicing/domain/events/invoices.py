"""Events of invoices."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from invoicing.domain.calendar import instant_text
from invoicing.domain.events.event import EventType
from invoicing.domain.events.summaries import changed_fields, document_order, email_end, email_order
from invoicing.domain.money.amounts import to_major

if TYPE_CHECKING:
    from invoicing.domain.deliveries.delivery import Delivery
    from invoicing.domain.invoices.invoice import Invoice
    from invoicing.domain.reminders.state import PastStep


def invoice_summary(
    invoice: "Invoice",
    *,
    deliveries: "Sequence[Delivery]" = (),
    changed: Sequence[str] = (),
    overdue_at: str = "",
    delivery: "Delivery | None" = None,
) -> Mapping[str, Any]:
    """Summarize an invoice without lines and personal data.

    ``deliveries`` are the e-mails that follow, ``delivery`` is the one that the event is about.
    """
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
        **({"overdue_at": overdue_at} if overdue_at else {}),
        **email_end(delivery),
    }


def reminder_summary(
    invoice: "Invoice", *, step: "PastStep | None" = None, deliveries: "Sequence[Delivery]" = ()
) -> Mapping[str, Any]:
    """Summarize an invoice of which a reminder was sent or a step skipped.

    ``step`` is the one of its schedule, None for a reminder by hand. ``deliveries`` are those that were ordered with
    this invoice of all that they name; the queued ones follow.
    """
    queued = [each for each in deliveries if each.status == "queued"]
    return {**invoice_summary(invoice), **document_order(queued), **_reminded(step, deliveries)}


def _reminded(step: "PastStep | None", deliveries: "Sequence[Delivery]") -> Mapping[str, Any]:
    """Return what became of a step, or of a reminder by hand; nothing of neither."""
    if step is None:
        by_hand = {"step": None, "step_at": None, "delivery_ids": [each.id for each in deliveries]}
        return by_hand if deliveries else {}
    outcome = {"reason": str(step.reason)} if step.reason else {"delivery_ids": list(step.delivery_ids)}
    return {"step": step.offset, "step_at": instant_text(step.at), **outcome}


def _type(happened: str, meaning: str) -> "EventType[Invoice]":
    return EventType(f"invoice.{happened}", meaning, invoice_summary)


INVOICE_CREATED = _type("created", "A draft was created, also by duplicating or revising an invoice.")
INVOICE_UPDATED = _type(
    "updated",
    "A draft was changed, or a refund, reversal, credit note or write-off changed the amounts of an issued invoice, or "
    "the draft that revises it was deleted, or a send was scheduled, cancelled or failed, or a late fee was charged or "
    "could not be; `changed` names the fields.",
)
INVOICE_DELETED = _type("deleted", "A draft was deleted.")
INVOICE_SENT = _type(
    "sent",
    "The invoice was issued or sent again; `email_requested` says whether e-mails follow, `delivery_ids` which.",
)
INVOICE_VIEWED = _type("viewed", "The customer opened the hosted page for the first time.")
INVOICE_PARTIALLY_PAID = _type("partially_paid", "A payment paid part of the amount due.")
INVOICE_PAID = _type("paid", "The invoice was paid in full, or issued with a total of 0.")
INVOICE_OVERDUE = _type(
    "overdue",
    "The due date passed while something was due, or something was due again after it had; `overdue_at` says when.",
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
