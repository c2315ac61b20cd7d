"""GET /i/{token}/pdf: the PDF of an invoice, from its public page."""

from invoicing.api.app import Call, NoBody
from invoicing.api.envelope import Answer
from invoicing.api.outputs.pdf import pdf_redirect
from invoicing.api.pages import by_person, error_pages
from invoicing.operations.get_invoice_pdf import issued_pdf
from invoicing.operations.view_invoice import view_invoice
from invoicing.wiring import api, wiring
from invoicing_documents.page import content_security_policy, render_failure_page, render_not_found_page
from invoicing_documents.pdf import render_invoice_pdf

errors = error_pages(render_not_found_page, render_failure_page, content_security_policy())


@api("GET", "/i/{token}/pdf", public=True, error_page=errors, answers={302: None}).operation
def handler(call: Call[NoBody]) -> Answer:
    """A redirect to the stored PDF; opening it in a browser marks the invoice as viewed."""
    invoice = view_invoice(call.work, call.request.parameters["token"], by_person=by_person(call.request))
    documents = wiring().documents
    return pdf_redirect(issued_pdf(invoice, documents, render_invoice_pdf), documents)
