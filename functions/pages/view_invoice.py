"""GET /i/{token}: view the hosted page of an invoice."""

from invoicing.api.app import ApiRequest, NoBody
from invoicing.api.envelope import HttpResponse
from invoicing.api.pages import client_of, error_pages, page, preview_query
from invoicing.operations.documents.seller_logo import logo_of
from invoicing.operations.pages.view_invoice import view_invoice
from invoicing.operations.templates._of_documents import issued_template
from invoicing.wiring import api, wiring
from invoicing_documents.page import (
    content_security_policy,
    render_expired_page,
    render_failure_page,
    render_invoice_page,
    render_not_found_page,
)

errors = error_pages(render_not_found_page, render_failure_page, content_security_policy(), render_expired_page)


@api(
    "GET",
    "/i/{token}",
    summary="View the hosted page",
    description="The invoice as its customer sees it. Opened in a browser, it is viewed, unless with `preview=true`.",
    public=True,
    answers={200: "text/html"},
    errors={410: "The link has expired."},
    error_page=errors,
).operation
def handler(request: ApiRequest[NoBody]) -> HttpResponse:
    """The page; opening it in a browser marks the invoice as viewed."""
    token = request.http.parameters["token"]
    invoice = view_invoice(request.uow, token, client_of(request.http))
    template, logo = issued_template(request.uow.store, invoice), logo_of(invoice, lambda: wiring().objects)
    own, pdf = f"{request.page_url}/{token}", f"pdf{preview_query(request.http)}"
    below = {"pdf_url": pdf, "portal_link_url": "portal-link", "documents_url": "documents"}
    addresses = {name: f"{own}/{path}" for name, path in below.items()}
    html = render_invoice_page(invoice, template, **addresses, logo=logo)
    return page(html, content_security_policy(template, with_logo=logo is not None))
