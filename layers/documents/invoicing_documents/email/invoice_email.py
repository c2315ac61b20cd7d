"""The e-mail of an invoice."""

from collections.abc import Sequence

from invoicing.domain.deliveries.delivery import Delivery
from invoicing.domain.invoices.invoice import Invoice, Status
from invoicing.operations.documents.attached_files import AttachedFile
from invoicing_documents.content import content_of
from invoicing_documents.email.message import Attachment, Letter, compose_message, joined, pdf_of
from invoicing_documents.parties import Field
from invoicing_documents.sums import base_tax_of


def compose_invoice_email(
    invoice: Invoice, delivery: Delivery, pdf: bytes, files: Sequence[AttachedFile] = (), *, sender: str
) -> bytes:
    """Compose the message of an invoice with its current amount due and its files, as `compose_message` does.

    `ValueError` without a seller.
    """
    content = content_of(invoice)
    wording, number = content.wording, content.number or content.title
    tax = base_tax_of(invoice, wording)[:1]
    is_open = invoice.status is not Status.CANCELLED and invoice.amount_due > 0
    letter = Letter(
        content=content,
        subject=wording.say("invoice_from", number=number, seller=content.seller.name),
        message=wording.say("email_intro", number=number, seller=content.seller.name),
        amount=Field(wording["amount_due"], wording.money(invoice.amount_due, invoice.currency)),
        below_amount=joined(
            wording, wording.say("due_on", date=wording.date(invoice.due_date)) if is_open else "", tax
        ),
    )
    attached = (pdf_of(content.number, pdf), *(Attachment(*file) for file in files))
    return compose_message(letter, delivery, *attached, sender=sender)
