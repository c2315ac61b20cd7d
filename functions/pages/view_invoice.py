"""GET /i/{token}: view the hosted page of an invoice."""

from invoicing.api.app import ApiRequest, NoBody
from invoicing.api.envelope import HttpResponse
from invoicing.api.pages import by_person, error_pages, page
from invoicing.operations.pages.view_invoice import view_invoice
from invoicing.wiring import api
from invoicing_documents.page import (
    content_security_policy,
    render_failure_page,
    render_invoice_page,
    render_not_found_page,
)

errors = error_pages(render_not_found_page, render_failure_page, content_security_policy())


@api(
    "GET",
    "/i/{token}",
    summary="View the hosted page",
    description=(
        "The invoice as its customer sees it. The first person who opens it in a browser marks the invoice as viewed."
    ),
    public=True,
    answers={200: "text/html"},
    error_page=errors,
).operation
def handler(request: ApiRequest[NoBody]) -> HttpResponse:
    """The page; opening it in a browser marks the invoice as viewed."""
    token = request.http.parameters["token"]
    invoice = view_invoice(request.uow, token, by_person=by_person(request.http))
    return page(render_invoice_page(invoice, pdf_url=f"{request.page_url}/{token}/pdf"), content_security_policy())
