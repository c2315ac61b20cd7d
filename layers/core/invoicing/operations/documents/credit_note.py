"""A credit note as a document."""

from invoicing.domain.credit_notes.credit_note import CreditNote
from invoicing.domain.events.credit_notes import CREDIT_NOTE_EMAIL_BOUNCED, CREDIT_NOTE_EMAIL_UNCONFIRMED
from invoicing.operations.documents.document_type import DocumentType

CREDIT_NOTE: DocumentType[CreditNote] = DocumentType(
    name="credit_note",
    kind=CreditNote,
    object_name=lambda note: f"issued/{note.account}/{note.id}.pdf",
    title=lambda note: note.number,
    email_bounced=CREDIT_NOTE_EMAIL_BOUNCED,
    email_unconfirmed=CREDIT_NOTE_EMAIL_UNCONFIRMED,
)
