"""A credit note as a document."""

from invoicing.domain.credit_notes.credit_note import CreditNote
from invoicing.domain.deliveries.delivery import DeliveryStatus
from invoicing.domain.events.credit_notes import (
    CREDIT_NOTE_EMAIL_BOUNCED,
    CREDIT_NOTE_EMAIL_DELIVERED,
    CREDIT_NOTE_EMAIL_FAILED,
    CREDIT_NOTE_EMAIL_UNCONFIRMED,
)
from invoicing.operations.documents.document_type import PdfDocument


def _refusal(note: CreditNote) -> str | None:
    return "voided" if note.voided_at else None


def _object_name(note: CreditNote) -> str:
    return f"issued/{note.account}/{note.id}{'/voided' if note.voided_at else ''}.pdf"


CREDIT_NOTE: PdfDocument[CreditNote] = PdfDocument(
    name="credit_note",
    kind=CreditNote,
    object_name=_object_name,
    title=lambda note: note.number,
    refusal=_refusal,
    email_events={
        DeliveryStatus.DELIVERED: CREDIT_NOTE_EMAIL_DELIVERED,
        DeliveryStatus.FAILED: CREDIT_NOTE_EMAIL_FAILED,
        DeliveryStatus.BOUNCED: CREDIT_NOTE_EMAIL_BOUNCED,
        DeliveryStatus.UNCONFIRMED: CREDIT_NOTE_EMAIL_UNCONFIRMED,
    },
)
