"""Events of credit notes."""

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from invoicing.domain.events.event import EventType
from invoicing.domain.events.summaries import EmailEnd, EmailOrder, email_end, email_order
from invoicing.domain.money.amounts import to_major

if TYPE_CHECKING:
    from invoicing.domain.credit_notes.credit_note import CreditNote
    from invoicing.domain.deliveries.delivery import Delivery


class CreditNoteSummary(EmailOrder, EmailEnd):
    """A credit note in events."""

    id: str
    object: Literal["credit_note"]
    credit_note_number: str
    version: int
    invoice_id: str
    invoice_number: str
    customer_id: str
    currency: str
    total: Decimal
    applied_to_invoice: Decimal
    credited_to_customer: Decimal
    issue_date: str


def credit_note_summary(
    note: "CreditNote", *, deliveries: "Sequence[Delivery]" = (), delivery: "Delivery | None" = None
) -> CreditNoteSummary:
    """Summarize a credit note without lines and personal data.

    ``deliveries`` are the e-mails that follow, ``delivery`` is the one that the event is about.
    """
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
        **email_order(deliveries),
        **email_end(delivery),
    }


def _type(happened: str, meaning: str) -> "EventType[CreditNote]":
    return EventType(f"credit_note.{happened}", meaning, credit_note_summary)


CREDIT_NOTE_CREATED = _type("created", "A credit note was issued.")
CREDIT_NOTE_SENT = _type(
    "sent", "E-mails with the credit note were requested for the first time; `delivery_ids` says which."
)
CREDIT_NOTE_RESENT = _type("resent", "The credit note was e-mailed again; `delivery_ids` says which e-mails follow.")
CREDIT_NOTE_VOIDED = _type("voided", "A credit note was voided; it credits nothing any more.")
CREDIT_NOTE_EMAIL_DELIVERED = _type(
    "email_delivered", "The recipient's mail server took an e-mail; `delivery_id` says which."
)
CREDIT_NOTE_EMAIL_BOUNCED = _type(
    "email_bounced", "An e-mail came back for good, and its address is suppressed from now on; `failure` says why."
)
CREDIT_NOTE_EMAIL_FAILED = _type(
    "email_failed", "An e-mail was not sent, or came back, which need not be for good; `failure` says why."
)
CREDIT_NOTE_EMAIL_UNCONFIRMED = _type(
    "email_unconfirmed", "The mail service did not confirm an e-mail; it may have been sent, and is not sent again."
)
