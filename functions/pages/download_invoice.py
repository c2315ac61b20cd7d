"""GET /i/{token}/pdf: download the PDF of an invoice from its hosted page."""

from invoicing.api.app import ApiRequest, NoBody
from invoicing.api.envelope import HttpResponse
from invoicing.api.outputs.pdf import pdf_redirect
from invoicing.api.pages import client_of, error_pages
from invoicing.operations.documents.invoice import INVOICE
from invoicing.operations.pages.view_invoice import view_invoice
from invoicing.operations.templates._of_documents import designed
from invoicing.wiring import api, wiring
from invoicing_documents.page import (
    content_security_policy,
    render_expired_page,
    render_failure_page,
    render_not_found_page,
)
from invoicing_documents.pdf import render_invoice_pdf

errors = error_pages(render_not_found_page, render_failure_page, content_security_policy(), render_expired_page)


@api(
    "GET",
    "/i/{token}/pdf",
    summary="Download the hosted PDF",
    description=(
        "Redirects to the PDF of the invoice, by a link that works for 15 minutes. The first person who opens"
        " it in a browser marks the invoice as viewed."
    ),
    public=True,
    answers={302: None},
    errors={410: "The link has expired."},
    error_page=errors,
).operation
def handler(request: ApiRequest[NoBody]) -> HttpResponse:
    """A redirect to the stored PDF; opening it in a browser marks the invoice as viewed."""
    invoice = view_invoice(request.uow, request.http.parameters["token"], client_of(request.http), opened="pdf")
    objects = wiring().objects
    return pdf_redirect(INVOICE.pdf_of(invoice, objects, designed(request.uow.store, render_invoice_pdf)), objects)
