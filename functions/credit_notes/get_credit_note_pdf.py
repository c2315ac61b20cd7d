"""GET /credit-notes/{credit_note_id}/pdf: the credit note as PDF, as a link or, asked for, its bytes."""

from invoicing.api.app import Call, NoBody
from invoicing.api.envelope import Answer, Reply
from invoicing.api.outputs.pdf import PDF, PdfOutput, pdf_answer
from invoicing.operations.get_credit_note_pdf import get_credit_note_pdf
from invoicing.wiring import api, wiring
from invoicing_documents.pdf import render_credit_note_pdf


@api("GET", "/credit-notes/{credit_note_id}/pdf", scope="credit_notes:read", answers={200: (PdfOutput, PDF)}).operation
def handler(call: Call[NoBody]) -> Reply | Answer:
    """The PDF."""
    documents, note_id = wiring().documents, call.request.parameters["credit_note_id"]
    pdf = get_credit_note_pdf(call.work, note_id, documents, render_credit_note_pdf)
    return pdf_answer(pdf, documents, call.request, call.work.now, credit_note=f"/credit-notes/{note_id}")
