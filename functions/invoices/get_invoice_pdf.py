"""GET /invoices/{invoice_id}/pdf: get an invoice as PDF: a link or, on request, the bytes."""

from functools import partial

from invoicing.api.app import ApiRequest, NoBody
from invoicing.api.envelope import HttpResponse, Result
from invoicing.api.outputs.pdf import PDF, PdfOutput, pdf_result
from invoicing.api.queries.invoice_pdf import INVOICE_PDF, is_marked_copy
from invoicing.operations.invoices.get_invoice_pdf import get_invoice_pdf, get_marked_copy
from invoicing.operations.templates._of_documents import designed, designed_copy
from invoicing.wiring import api, wiring
from invoicing_documents.pdf import render_invoice_copy, render_invoice_pdf


@api(
    "GET",
    "/invoices/{invoice_id}/pdf",
    summary="Download the PDF",
    description=(
        "Answers with a link that works for 15 minutes, or the bytes with `Accept: application/pdf`. "
        "`marks=true` makes a copy that says what became of the invoice; the original never changes."
    ),
    scope="invoices:read",
    query=INVOICE_PDF,
    answers={200: (PdfOutput, PDF)},
).operation
def handler(request: ApiRequest[NoBody]) -> Result | HttpResponse:
    """The PDF."""
    objects, invoice_id, store = wiring().objects, request.http.parameters["invoice_id"], request.uow.store
    copied = partial(get_marked_copy, render_copy=designed_copy(store, render_invoice_copy))
    read = copied if is_marked_copy(request.http.query_string) else get_invoice_pdf
    pdf = read(request.uow, invoice_id, objects, designed(store, render_invoice_pdf))
    return pdf_result(pdf, objects, request.http, request.uow.real_now, invoice=f"/invoices/{invoice_id}")
