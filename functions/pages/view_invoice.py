"""GET /i/{token}: the public page of an invoice."""

from invoicing.api.app import Call, NoBody
from invoicing.api.envelope import Answer
from invoicing.api.pages import by_person, error_pages, page
from invoicing.operations.view_invoice import view_invoice
from invoicing.wiring import api
from invoicing_documents.page import (
    content_security_policy,
    render_failure_page,
    render_invoice_page,
    render_not_found_page,
)

errors = error_pages(render_not_found_page, render_failure_page, content_security_policy())


@api("GET", "/i/{token}", public=True, error_page=errors, answers={200: "text/html"}).operation
def handler(call: Call[NoBody]) -> Answer:
    """The page; opening it in a browser marks the invoice as viewed."""
    token = call.request.parameters["token"]
    invoice = view_invoice(call.work, token, by_person=by_person(call.request))
    return page(render_invoice_page(invoice, pdf_url=f"{call.page_url}/{token}/pdf"), content_security_policy())
