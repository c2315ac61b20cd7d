"""An issued invoice as a document."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from invoicing.domain.deliveries.delivery import Delivery, DeliveryStatus
from invoicing.domain.events.invoices import (
    INVOICE_EMAIL_BOUNCED,
    INVOICE_EMAIL_DELIVERED,
    INVOICE_EMAIL_FAILED,
    INVOICE_EMAIL_UNCONFIRMED,
    INVOICE_TEXT_FAILED,
)
from invoicing.domain.invoices.invoice import Invoice, Status
from invoicing.domain.parties.logo import Image
from invoicing.operations.documents.attached_files import AttachedFile, attached_files
from invoicing.operations.documents.document_type import PdfDocument, Render, SendableDocument
from invoicing.operations.documents.seller_logo import logo_of
from invoicing.operations.unit_of_work.ports import ObjectStore
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def _refusal(invoice: Invoice) -> str | None:
    return "cancelled" if invoice.status is Status.CANCELLED else None


def note_failed_texts(uow: UnitOfWork, invoice: Invoice, texts: Sequence[str]) -> None:
    """Record the own texts that failed in an e-mail about an invoice, each once for all its e-mails."""
    new = tuple(each for each in texts if each not in invoice.failed_texts)
    if new:
        noted = replace(invoice, failed_texts=(*invoice.failed_texts, *new))
        uow.record(INVOICE_TEXT_FAILED, noted, texts=new)


INVOICE: PdfDocument[Invoice] = PdfDocument(
    name="invoice",
    kind=Invoice,
    object_name=lambda invoice: f"issued/{invoice.account}/{invoice.id}/{invoice.revision}.pdf",
    title=lambda invoice: invoice.number or "draft",
    refusal=_refusal,
    note_failed_texts=note_failed_texts,
    email_events={
        DeliveryStatus.DELIVERED: INVOICE_EMAIL_DELIVERED,
        DeliveryStatus.FAILED: INVOICE_EMAIL_FAILED,
        DeliveryStatus.BOUNCED: INVOICE_EMAIL_BOUNCED,
        DeliveryStatus.UNCONFIRMED: INVOICE_EMAIL_UNCONFIRMED,
    },
)


def with_pdf_and_files(
    render: Render[Invoice],
    compose: Callable[[Invoice, Delivery, bytes, Sequence[AttachedFile], Image | None], bytes],
) -> SendableDocument[Invoice]:
    """Return invoices as they are sent, with their PDF and their attachments, which ``compose`` gets with the logo."""

    def composed(invoice: Invoice, delivery: Delivery, objects: ObjectStore) -> bytes:
        files = attached_files(invoice, objects)
        pdf = INVOICE.pdf_of(invoice, objects, render).content
        return compose(invoice, delivery, pdf, files, logo_of(invoice, lambda: objects))

    return SendableDocument(type=INVOICE, compose=composed)
