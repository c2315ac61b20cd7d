"""GET /invoices/{invoice_id}/pdf: get an invoice as PDF: a link or, on request, the bytes."""

from invoicing.api.app import ApiRequest, NoBody
from invoicing.api.envelope import HttpResponse, Result
from invoicing.api.outputs.pdf import PDF, PdfOutput, pdf_result
from invoicing.operations.invoices.get_invoice_pdf import get_invoice_pdf
from invoicing.wiring import api, wiring
from invoicing_documents.pdf import render_invoice_pdf


@api(
    "GET",
    "/invoices/{invoice_id}/pdf",
    summary="Download the PDF",
    description="Answers with a link that works for 15 minutes, or the bytes with `Accept: application/pdf`.",
    scope="invoices:read",
    answers={200: (PdfOutput, PDF)},
).operation
def handler(request: ApiRequest[NoBody]) -> Result | HttpResponse:
    """The PDF."""
    objects = wiring().objects
    invoice_id = request.http.parameters["invoice_id"]
    pdf = get_invoice_pdf(request.uow, invoice_id, objects, render_invoice_pdf)
    return pdf_result(pdf, objects, request.http, request.uow.real_now, invoice=f"/invoices/{invoice_id}")
