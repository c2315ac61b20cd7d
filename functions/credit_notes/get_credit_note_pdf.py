"""GET /credit-notes/{credit_note_id}/pdf: get a credit note as PDF: a link or, on request, the bytes."""

from invoicing.api.app import ApiRequest, NoBody
from invoicing.api.envelope import HttpResponse, Result
from invoicing.api.outputs.pdf import PDF, PdfOutput, pdf_result
from invoicing.domain.credit_notes.credit_note import CreditNote
from invoicing.operations.documents.credit_note import CREDIT_NOTE
from invoicing.operations.templates._of_documents import designed
from invoicing.wiring import api, wiring
from invoicing_documents.pdf import render_credit_note_pdf


@api(
    "GET",
    "/credit-notes/{credit_note_id}/pdf",
    summary="Download the PDF of a credit note",
    description="Answers with a link that works for 15 minutes, or the bytes with `Accept: application/pdf`.",
    scope="credit_notes:read",
    answers={200: (PdfOutput, PDF)},
).operation
def handler(request: ApiRequest[NoBody]) -> Result | HttpResponse:
    """The PDF."""
    objects = wiring().objects
    note = request.uow.get(CreditNote, request.http.parameters["credit_note_id"])
    pdf = CREDIT_NOTE.pdf_of(note, objects, designed(request.uow.store, render_credit_note_pdf))
    return pdf_result(pdf, objects, request.http, request.uow.real_now, credit_note=f"/credit-notes/{note.id}")
