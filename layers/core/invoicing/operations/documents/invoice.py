"""An issued invoice as a document."""

from collections.abc import Callable, Sequence

from invoicing.domain.deliveries.delivery import Delivery, DeliveryStatus
from invoicing.domain.events.invoices import (
    INVOICE_EMAIL_BOUNCED,
    INVOICE_EMAIL_DELIVERED,
    INVOICE_EMAIL_FAILED,
    INVOICE_EMAIL_UNCONFIRMED,
)
from invoicing.domain.invoices.invoice import Invoice, Status
from invoicing.operations.documents.attached_files import AttachedFile, attached_files
from invoicing.operations.documents.document_type import PdfDocument, SendableDocument
from invoicing.operations.unit_of_work.ports import ObjectStore


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


def with_pdf_and_files(
    render: Callable[[Invoice], bytes], compose: Callable[[Invoice, Delivery, bytes, Sequence[AttachedFile]], bytes]
) -> SendableDocument[Invoice]:
    """Return invoices as they are sent, with their PDF and their attachments, which ``compose`` gets."""

    def composed(invoice: Invoice, delivery: Delivery, objects: ObjectStore) -> bytes:
        files = attached_files(invoice, objects)
        return compose(invoice, delivery, INVOICE.pdf_of(invoice, objects, render).content, files)

    return SendableDocument(type=INVOICE, compose=composed)
