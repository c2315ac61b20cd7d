"""GET /payments/{payment_id}/receipt: a payment's receipt, as a link or, asked for application/pdf, its bytes."""

from invoicing.api.app import Call, NoBody
from invoicing.api.envelope import Answer, Reply
from invoicing.api.outputs.pdf import PDF, PdfOutput, pdf_answer
from invoicing.operations.get_payment_receipt import get_payment_receipt
from invoicing.wiring import api, wiring
from invoicing_documents.pdf import render_receipt_pdf


@api("GET", "/payments/{payment_id}/receipt", scope="payments:read", answers={200: (PdfOutput, PDF)}).operation
def handler(call: Call[NoBody]) -> Reply | Answer:
    """The receipt."""
    documents = wiring().documents
    payment_id = call.request.parameters["payment_id"]
    pdf = get_payment_receipt(call.work, payment_id, documents, render_receipt_pdf)
    return pdf_answer(pdf, documents, call.request, call.work.now, payment=f"/payments/{payment_id}")
