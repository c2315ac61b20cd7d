"""GET /c/{token}/invoices/{invoice_id}: view an invoice in the portal of its customer."""

from invoicing.api.app import ApiRequest, NoBody
from invoicing.api.envelope import HttpResponse
from invoicing.api.pages import error_pages, page
from invoicing.operations.documents.seller_logo import logo_of
from invoicing.operations.pages.view_portal_invoice import view_portal_invoice
from invoicing.operations.templates._of_documents import issued_template
from invoicing.wiring import api, wiring
from invoicing_documents.page import (
    content_security_policy,
    render_failure_page,
    render_invoice_page,
    render_portal_not_found_page,
)

errors = error_pages(render_portal_not_found_page, render_failure_page, content_security_policy())


@api(
    "GET",
    "/c/{token}/invoices/{invoice_id}",
    summary="View an invoice in the portal",
    description="An invoice of the customer whose portal link this is. It changes nothing.",
    public=True,
    answers={200: "text/html"},
    error_page=errors,
).operation
def handler(request: ApiRequest[NoBody]) -> HttpResponse:
    """The page of the invoice."""
    token, invoice_id = request.http.parameters["token"], request.http.parameters["invoice_id"]
    invoice = view_portal_invoice(request.uow, token, invoice_id)
    portal = f"{request.portal_url}/{token}"
    template, logo = issued_template(request.uow.store, invoice), logo_of(invoice, lambda: wiring().objects)
    pdf_url = f"{portal}/invoices/{invoice.id}/pdf"
    html = render_invoice_page(invoice, template, pdf_url=pdf_url, portal_url=portal, logo=logo)
    return page(html, content_security_policy(template, with_logo=logo is not None))
