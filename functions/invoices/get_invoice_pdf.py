"""GET /invoices/{invoice_id}/pdf: the invoice as PDF, as a link or, asked for application/pdf, its bytes."""

from invoicing.api.app import Call, NoBody
from invoicing.api.envelope import Answer, Reply
from invoicing.api.outputs.pdf import PDF, PdfOutput, pdf_answer
from invoicing.operations.get_invoice_pdf import get_invoice_pdf
from invoicing.wiring import api, wiring
from invoicing_documents.pdf import render_invoice_pdf


@api("GET", "/invoices/{invoice_id}/pdf", scope="invoices:read", answers={200: (PdfOutput, PDF)}).operation
def handler(call: Call[NoBody]) -> Reply | Answer:
    """The PDF."""
    documents = wiring().documents
    invoice_id = call.request.parameters["invoice_id"]
    pdf = get_invoice_pdf(call.work, invoice_id, documents, render_invoice_pdf)
    return pdf_answer(pdf, documents, call.request, call.work.now, invoice=f"/invoices/{invoice_id}")
