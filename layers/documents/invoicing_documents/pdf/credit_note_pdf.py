"""A credit note, in the layout of its invoice."""

from invoicing.domain.credit_notes.credit_note import CreditNote
from invoicing.domain.parties.logo import Image
from invoicing.domain.templates.template import Template
from invoicing_documents.credit_note_content import credit_note_in_its_languages
from invoicing_documents.pdf.invoice_pdf import draw_document


def render_credit_note_pdf(note: CreditNote, logo: Image | None = None, template: Template | None = None) -> bytes:
    """Render a credit note as a PDF/A-3B file: the same arguments give the same bytes."""
    content = credit_note_in_its_languages(note, template)
    return draw_document(content, note.seller, note.created_at, f"credit note {note.id}", logo=logo)
