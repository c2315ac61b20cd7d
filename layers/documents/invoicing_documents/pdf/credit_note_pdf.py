"""A credit note, in the layout of its invoice."""

from invoicing.domain.credit_notes.credit_note import CreditNote
from invoicing_documents.credit_note_content import credit_note_content_of
from invoicing_documents.pdf.invoice_pdf import draw_document


def render_credit_note_pdf(note: CreditNote) -> bytes:
    """Render a credit note as a PDF/A-3B file: the same note gives the same bytes."""
    return draw_document(credit_note_content_of(note), note.seller, note.created_at, f"credit note {note.id}")
