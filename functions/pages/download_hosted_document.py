"""GET /i/{token}/documents/{document_id}/pdf: download a credit note or receipt from the page of its invoice."""

from invoicing.api.app import ApiRequest, NoBody
from invoicing.api.envelope import HttpResponse
from invoicing.api.outputs.pdf import pdf_redirect
from invoicing.api.pages import error_pages
from invoicing.operations.pages.download_hosted_document import download_hosted_document
from invoicing.wiring import api, wiring
from invoicing_documents.page import (
    content_security_policy,
    render_expired_page,
    render_failure_page,
    render_not_found_page,
)
from invoicing_documents.pdf.hosted_documents import hosted_pdf

errors = error_pages(render_not_found_page, render_failure_page, content_security_policy(), render_expired_page)


@api(
    "GET",
    "/i/{token}/documents/{document_id}/pdf",
    summary="Download a hosted credit note or receipt",
    description=(
        "Redirects to the PDF of a credit note of the invoice, or of the receipt of a payment that paid no other"
        " invoice, by a link that works for 15 minutes."
    ),
    public=True,
    answers={302: None},
    errors={410: "The link has expired."},
    error_page=errors,
).operation
def handler(request: ApiRequest[NoBody]) -> HttpResponse:
    """A redirect to the stored PDF, which does not count as a view."""
    parameters, objects = request.http.parameters, wiring().objects
    found = download_hosted_document(request.uow, parameters["token"], parameters["document_id"])
    return pdf_redirect(hosted_pdf(found, request.uow.store, objects), objects)
