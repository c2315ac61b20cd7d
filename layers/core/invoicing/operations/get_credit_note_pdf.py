"""The PDF of a credit note: rendered once and kept."""

from collections.abc import Callable

from invoicing.domain.credit_note import CreditNote
from invoicing.operations.get_credit_note import get_credit_note
from invoicing.operations.pdfs import StoredPdf, made_once
from invoicing.operations.ports import Documents
from invoicing.operations.work import Work

RenderCreditNote = Callable[[CreditNote], bytes]
"""Makes the PDF of a credit note; the same note gives the same bytes."""


def get_credit_note_pdf(work: Work, credit_note_id: str, documents: Documents, render: RenderCreditNote) -> StoredPdf:
    """The credit note's PDF; `NotFound` ``CREDIT_NOTE_NOT_FOUND``."""
    return credit_note_pdf(get_credit_note(work, credit_note_id), documents, render)


def credit_note_pdf(note: CreditNote, documents: Documents, render: RenderCreditNote) -> StoredPdf:
    """The PDF of a credit note: what it says never changes."""
    return made_once(documents, f"issued/{note.account}/{note.id}.pdf", note.number, lambda: render(note))
