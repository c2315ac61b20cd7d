"""GET /c/{token}/credit-notes/{credit_note_id}/pdf: download a credit note from its portal."""

from invoicing.api.app import ApiRequest, NoBody
from invoicing.api.envelope import HttpResponse
from invoicing.api.outputs.pdf import pdf_redirect
from invoicing.api.pages import error_pages
from invoicing.operations.documents.credit_note import CREDIT_NOTE
from invoicing.operations.pages.download_portal_credit_note import download_portal_credit_note
from invoicing.operations.templates._of_documents import designed
from invoicing.wiring import api, wiring
from invoicing_documents.page import content_security_policy, render_failure_page, render_portal_not_found_page
from invoicing_documents.pdf import render_credit_note_pdf

errors = error_pages(render_portal_not_found_page, render_failure_page, content_security_policy())


@api(
    "GET",
    "/c/{token}/credit-notes/{credit_note_id}/pdf",
    summary="Download the PDF of a credit note from the portal",
    description="Redirects to the PDF, by a link that works for 15 minutes.",
    public=True,
    answers={302: None},
    error_page=errors,
).operation
def handler(request: ApiRequest[NoBody]) -> HttpResponse:
    """A redirect to the stored PDF."""
    parameters, objects = request.http.parameters, wiring().objects
    found = download_portal_credit_note(request.uow, parameters["token"], parameters["credit_note_id"])
    draw = designed(request.uow.store, render_credit_note_pdf)
    return pdf_redirect(CREDIT_NOTE.pdf_of(found, objects, draw), objects)
