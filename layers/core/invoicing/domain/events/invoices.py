"""Events of invoices."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from invoicing.domain.calendar import instant_text
from invoicing.domain.events.event import EventType
from invoicing.domain.events.summaries import changed_fields, email_order
from invoicing.domain.money.amounts import to_major

if TYPE_CHECKING:
    from invoicing.domain.deliveries.delivery import Delivery
    from invoicing.domain.invoices.invoice import Invoice


def invoice_summary(
    invoice: "Invoice",
    *,
    delivery: "Delivery | None" = None,
    changed: Sequence[str] = (),
    overdue_at: str = "",
    undelivered: "Delivery | None" = None,
) -> Mapping[str, Any]:
    """Summarize an invoice without lines and personal data.

    ``delivery`` is the e-mail that follows, ``undelivered`` one that failed without an attempt.
    """
    return {
        "id": invoice.id,
        "object": "invoice",
        "invoice_number": invoice.number,
        "status": str(invoice.status),
        "version": invoice.version,
        "customer_id": invoice.buyer.id,
        "currency": invoice.currency,
        "total": to_major(invoice.total, invoice.currency),
        "amount_payable": to_major(invoice.amount_payable, invoice.currency),
        "amount_paid": to_major(invoice.amount_paid, invoice.currency),
        "amount_due": to_major(invoice.amount_due, invoice.currency),
        "issue_date": invoice.issue_date.isoformat(),
        "due_date": invoice.due_date.isoformat(),
        "created_at": instant_text(invoice.created_at),
        "scheduled_send_at": instant_text(invoice.scheduled_send.at) if invoice.scheduled_send else None,
        **email_order(delivery),
        **changed_fields(changed),
        **({"overdue_at": overdue_at} if overdue_at else {}),
        **({"delivery_id": undelivered.id, "failure": undelivered.failure} if undelivered else {}),
    }


def _type(happened: str, meaning: str) -> "EventType[Invoice]":
    return EventType(f"invoice.{happened}", meaning, invoice_summary)


INVOICE_CREATED = _type("created", "A draft was created, also by duplicating or revising an invoice.")
INVOICE_UPDATED = _type(
    "updated",
    "A draft was changed, or a refund, reversal, credit note or write-off changed the amounts of an issued invoice, or "
    "the draft that revises it was deleted, or a send was scheduled, cancelled or failed; `changed` names the fields.",
)
INVOICE_DELETED = _type("deleted", "A draft was deleted.")
INVOICE_SENT = _type(
    "sent",
    "The invoice was issued or sent again; `email_requested` says whether an e-mail follows, `delivery_id` which.",
)
INVOICE_VIEWED = _type("viewed", "The customer opened the hosted page for the first time.")
INVOICE_PARTIALLY_PAID = _type("partially_paid", "A payment paid part of the amount due.")
INVOICE_PAID = _type("paid", "The invoice was paid in full, or issued with a total of 0.")
INVOICE_OVERDUE = _type(
    "overdue",
    "The due date passed while something was due, or something was due again after it had; `overdue_at` says when.",
)
INVOICE_CANCELLED = _type("cancelled", "The invoice was voided or revised.")
INVOICE_EMAIL_BOUNCED = _type("email_bounced", "The mail service refused an e-mail of the invoice.")
INVOICE_EMAIL_FAILED = _type(
    "email_failed",
    "The e-mail of a scheduled send was not sent; `failure` says why: `no_email` where the customer has no address.",
)
INVOICE_EMAIL_UNCONFIRMED = _type(
    "email_unconfirmed", "The mail service did not confirm an e-mail; it may have been sent, and is not sent again."
)
