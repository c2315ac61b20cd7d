"""An issued invoice as a document."""

from invoicing.domain.deliveries.delivery import DeliveryStatus
from invoicing.domain.events.invoices import (
    INVOICE_EMAIL_BOUNCED,
    INVOICE_EMAIL_DELIVERED,
    INVOICE_EMAIL_FAILED,
    INVOICE_EMAIL_UNCONFIRMED,
)
from invoicing.domain.invoices.invoice import Invoice, Status
from invoicing.operations.documents.document_type import PdfDocument


def _refusal(invoice: Invoice) -> str | None:
    return "cancelled" if invoice.status is Status.CANCELLED else None


INVOICE: PdfDocument[Invoice] = PdfDocument(
    name="invoice",
    kind=Invoice,
    object_name=lambda invoice: f"issued/{invoice.account}/{invoice.id}/{invoice.revision}.pdf",
    title=lambda invoice: invoice.number or "draft",
    refusal=_refusal,
    email_events={
        DeliveryStatus.DELIVERED: INVOICE_EMAIL_DELIVERED,
        DeliveryStatus.FAILED: INVOICE_EMAIL_FAILED,
        DeliveryStatus.BOUNCED: INVOICE_EMAIL_BOUNCED,
        DeliveryStatus.UNCONFIRMED: INVOICE_EMAIL_UNCONFIRMED,
    },
)
