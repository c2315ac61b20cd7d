"""GET /c/{token}/statement/pdf: download the statement of a customer from its portal."""

from invoicing.api.app import ApiRequest, NoBody
from invoicing.api.envelope import HttpResponse
from invoicing.api.outputs.pdf import PDF, pdf_response
from invoicing.api.pages import error_pages
from invoicing.operations.documents.seller_logo import logo_of
from invoicing.operations.documents.stored_pdf import safe_file_name
from invoicing.operations.pages.download_portal_statement import download_portal_statement
from invoicing.operations.templates._of_documents import designed
from invoicing.wiring import api, wiring
from invoicing_documents.page import content_security_policy, render_failure_page, render_portal_not_found_page
from invoicing_documents.pdf import render_statement_pdf

errors = error_pages(render_portal_not_found_page, render_failure_page, content_security_policy())


@api(
    "GET",
    "/c/{token}/statement/pdf",
    summary="Download the statement from the portal",
    description="The customer's statement of the last year, or of this month where that has too many entries.",
    public=True,
    answers={200: PDF},
    error_page=errors,
).operation
def handler(request: ApiRequest[NoBody]) -> HttpResponse:
    """The PDF."""
    found = download_portal_statement(request.uow, request.http.parameters["token"], wiring().ledger)
    name = safe_file_name(f"statement-{found.statements[0].start}-{found.statements[0].end}")
    draw = designed(request.uow.store, render_statement_pdf)
    return pdf_response(draw(found, logo_of(found, lambda: wiring().objects)), name)
