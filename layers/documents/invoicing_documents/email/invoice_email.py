"""The e-mail of an invoice."""

from collections.abc import Sequence
from datetime import datetime

from invoicing.domain.calendar import today
from invoicing.domain.deliveries.delivery import Delivery
from invoicing.domain.invoices.invoice import Invoice, Status
from invoicing.domain.parties.logo import Image
from invoicing.domain.templates.template import Template
from invoicing.operations.documents.attached_files import AttachedFile
from invoicing_documents.designs import designed_content, palette_of, words_of_invoice
from invoicing_documents.email.message import Attachment, Letter, compose_message, joined, pdf_of, with_current_link
from invoicing_documents.particulars_content import means_field
from invoicing_documents.parties import Field
from invoicing_documents.payment_code import payment_url_of
from invoicing_documents.sums import base_tax_of


def compose_invoice_email(
    invoice: Invoice,
    delivery: Delivery,
    pdf: bytes,
    files: Sequence[AttachedFile] = (),
    logo: Image | None = None,
    *,
    template: Template | None = None,
    sender: str,
) -> bytes:
    """Compose the message of an invoice with its current amount due and its files, as `compose_message` does.

    `ValueError` without a seller.
    """
    attached = (pdf_of(invoice.number, pdf), *(Attachment(*file) for file in files))
    linked = with_current_link(delivery, invoice.page_token)
    letter = invoice_letter(invoice, delivery.created_at, linked.hosted_url, template)
    return compose_message(letter, linked, *attached, sender=sender, logo=logo)


def invoice_letter(invoice: Invoice, now: datetime, hosted_url: str, template: Template | None) -> Letter:
    """Return the content of the e-mail, in the words and colours of a template as of an instant."""
    content = designed_content(invoice, template)
    design = content.design
    says = words_of_invoice(invoice, content.wording, today=today(now, invoice.time_zone), hosted_url=hosted_url)
    wording, number = content.wording, content.number or content.title
    means = means_field(invoice.stated.payment_means, wording)
    fields = (*([means] if means else []), *base_tax_of(invoice, wording)[:1])
    is_open = invoice.status is not Status.CANCELLED and invoice.amount_due > 0
    return Letter(
        content=content,
        subject=says.text("email_subject", design.email_subject)
        or wording.say("invoice_from", number=number, seller=content.seller.name),
        message=says.text("email_body", design.email_body)
        or wording.say("email_intro", number=number, seller=content.seller.name),
        amount=Field(wording["amount_due"], wording.money(invoice.amount_due, invoice.currency)),
        pay_url=payment_url_of(invoice, invoice.amount_due) if is_open else "",
        palette=palette_of(design.accent_color),
        below_amount=joined(
            wording, wording.say("due_on", date=wording.date(invoice.due_date)) if is_open else "", fields
        ),
    )
