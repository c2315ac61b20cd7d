"""GET /payments/{payment_id}/receipt: get the receipt of a payment: a link or, on request, the bytes."""

from invoicing.api.app import ApiRequest, NoBody
from invoicing.api.envelope import HttpResponse, Result
from invoicing.api.outputs.pdf import PDF, PdfOutput, pdf_result
from invoicing.domain.payments.payment import Payment
from invoicing.operations.documents.receipt import RECEIPT
from invoicing.operations.templates._of_documents import designed
from invoicing.wiring import api, wiring
from invoicing_documents.pdf import render_receipt_pdf


@api(
    "GET",
    "/payments/{payment_id}/receipt",
    summary="Download the receipt",
    description="Answers with a link that works for 15 minutes, or the bytes with `Accept: application/pdf`.",
    scope="payments:read",
    answers={200: (PdfOutput, PDF)},
).operation
def handler(request: ApiRequest[NoBody]) -> Result | HttpResponse:
    """The receipt."""
    objects = wiring().objects
    payment = request.uow.get(Payment, request.http.parameters["payment_id"])
    pdf = RECEIPT.pdf_of(payment, objects, designed(request.uow.store, render_receipt_pdf))
    return pdf_result(pdf, objects, request.http, request.uow.real_now, payment=f"/payments/{payment.id}")
