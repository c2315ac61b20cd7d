"""GET /c/{token}/invoices/{invoice_id}/pdf: download the PDF of an invoice from the portal of its customer."""

from invoicing.api.app import ApiRequest, NoBody
from invoicing.api.envelope import HttpResponse
from invoicing.api.outputs.pdf import pdf_redirect
from invoicing.api.pages import error_pages
from invoicing.operations.documents.invoice import INVOICE
from invoicing.operations.pages.view_portal_invoice import view_portal_invoice
from invoicing.operations.templates._of_documents import designed
from invoicing.wiring import api, wiring
from invoicing_documents.page import content_security_policy, render_failure_page, render_portal_not_found_page
from invoicing_documents.pdf import render_invoice_pdf

errors = error_pages(render_portal_not_found_page, render_failure_page, content_security_policy())


@api(
    "GET",
    "/c/{token}/invoices/{invoice_id}/pdf",
    summary="Download the PDF of an invoice from the portal",
    description="Redirects to the PDF, by a link that works for 15 minutes.",
    public=True,
    answers={302: None},
    error_page=errors,
).operation
def handler(request: ApiRequest[NoBody]) -> HttpResponse:
    """A redirect to the stored PDF."""
    parameters, objects = request.http.parameters, wiring().objects
    found = view_portal_invoice(request.uow, parameters["token"], parameters["invoice_id"])
    return pdf_redirect(INVOICE.pdf_of(found, objects, designed(request.uow.store, render_invoice_pdf)), objects)
