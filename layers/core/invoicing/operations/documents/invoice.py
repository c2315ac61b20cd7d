"""An issued invoice as a document."""

from invoicing.domain.events.invoices import INVOICE_EMAIL_BOUNCED, INVOICE_EMAIL_UNCONFIRMED
from invoicing.domain.invoices.invoice import Invoice, Status
from invoicing.operations.documents.document_type import DocumentType


def _refusal(invoice: Invoice) -> str | None:
    return "the invoice was cancelled" if invoice.status is Status.CANCELLED else None


INVOICE: DocumentType[Invoice] = DocumentType(
    name="invoice",
    kind=Invoice,
    object_name=lambda invoice: f"issued/{invoice.account}/{invoice.id}/{invoice.revision}.pdf",
    title=lambda invoice: invoice.number or "draft",
    refusal=_refusal,
    email_bounced=INVOICE_EMAIL_BOUNCED,
    email_unconfirmed=INVOICE_EMAIL_UNCONFIRMED,
)
