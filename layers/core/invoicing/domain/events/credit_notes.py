"""Events of credit notes."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from invoicing.domain.events.event import EventType
from invoicing.domain.events.summaries import email_order
from invoicing.domain.money.amounts import to_major

if TYPE_CHECKING:
    from invoicing.domain.credit_notes.credit_note import CreditNote
    from invoicing.domain.deliveries.delivery import Delivery


def credit_note_summary(note: "CreditNote", *, delivery: "Delivery | None" = None) -> Mapping[str, Any]:
    """Summarize a credit note without lines and personal data; ``delivery`` is the e-mail that follows."""
    return {
        "id": note.id,
        "object": "credit_note",
        "credit_note_number": note.number,
        "version": note.version,
        "invoice_id": note.invoice_id,
        "invoice_number": note.invoice_number,
        "customer_id": note.buyer.id,
        "currency": note.currency,
        "total": to_major(note.total, note.currency),
        "applied_to_invoice": to_major(note.applied_to_invoice, note.currency),
        "credited_to_customer": to_major(note.credited_to_customer, note.currency),
        "issue_date": note.issue_date.isoformat(),
        **email_order(delivery),
    }


def _type(happened: str, meaning: str) -> "EventType[CreditNote]":
    return EventType(f"credit_note.{happened}", meaning, credit_note_summary)


CREDIT_NOTE_CREATED = _type("created", "A credit note was issued.")
CREDIT_NOTE_SENT = _type("sent", "An e-mail with the credit note was requested.")
CREDIT_NOTE_VOIDED = _type("voided", "A credit note was voided; it credits nothing any more.")
CREDIT_NOTE_EMAIL_BOUNCED = _type("email_bounced", "The mail service refused an e-mail of the credit note.")
CREDIT_NOTE_EMAIL_UNCONFIRMED = _type(
    "email_unconfirmed", "The mail service did not confirm an e-mail; it may have been sent, and is not sent again."
)
