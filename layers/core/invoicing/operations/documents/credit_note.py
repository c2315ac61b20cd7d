"""A credit note as a document."""

from invoicing.domain.credit_notes.credit_note import CreditNote
from invoicing.domain.events.credit_notes import CREDIT_NOTE_EMAIL_BOUNCED, CREDIT_NOTE_EMAIL_UNCONFIRMED
from invoicing.operations.documents.document_type import DocumentType


def _refusal(note: CreditNote) -> str | None:
    return "the credit note was voided" if note.voided_at else None


def _object_name(note: CreditNote) -> str:
    return f"issued/{note.account}/{note.id}{'/voided' if note.voided_at else ''}.pdf"


CREDIT_NOTE: DocumentType[CreditNote] = DocumentType(
    name="credit_note",
    kind=CreditNote,
    object_name=_object_name,
    title=lambda note: note.number,
    refusal=_refusal,
    email_bounced=CREDIT_NOTE_EMAIL_BOUNCED,
    email_unconfirmed=CREDIT_NOTE_EMAIL_UNCONFIRMED,
)
