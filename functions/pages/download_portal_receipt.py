"""GET /c/{token}/receipts/{payment_id}/pdf: download the receipt of a payment from its portal."""

from invoicing.api.app import ApiRequest, NoBody
from invoicing.api.envelope import HttpResponse
from invoicing.api.outputs.pdf import pdf_redirect
from invoicing.api.pages import error_pages
from invoicing.operations.documents.receipt import RECEIPT
from invoicing.operations.pages.download_portal_receipt import download_portal_receipt
from invoicing.operations.templates._of_documents import designed
from invoicing.wiring import api, wiring
from invoicing_documents.page import content_security_policy, render_failure_page, render_portal_not_found_page
from invoicing_documents.pdf import render_receipt_pdf

errors = error_pages(render_portal_not_found_page, render_failure_page, content_security_policy())


@api(
    "GET",
    "/c/{token}/receipts/{payment_id}/pdf",
    summary="Download the receipt of a payment from the portal",
    description="Redirects to the PDF, by a link that works for 15 minutes. A reversed payment has no receipt.",
    public=True,
    answers={302: None},
    error_page=errors,
).operation
def handler(request: ApiRequest[NoBody]) -> HttpResponse:
    """A redirect to the stored PDF."""
    parameters, objects = request.http.parameters, wiring().objects
    payment = download_portal_receipt(request.uow, parameters["token"], parameters["payment_id"])
    draw = designed(request.uow.store, render_receipt_pdf)
    return pdf_redirect(RECEIPT.pdf_of(payment, objects, draw), objects)
