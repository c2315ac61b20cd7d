"""The receipt of a payment as a document; refunds and reversals do not change it."""

from invoicing.domain.payments.payment import Payment
from invoicing.operations.documents.document_type import PdfDocument

RECEIPT: PdfDocument[Payment] = PdfDocument(
    name="receipt",
    kind=Payment,
    object_name=lambda payment: f"receipts/{payment.account}/{payment.id}.pdf",
    title=lambda payment: f"receipt-{payment.id}",
)
