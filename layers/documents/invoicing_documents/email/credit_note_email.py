"""The e-mail of a credit note."""

from invoicing.domain.credit_notes.credit_note import CreditNote
from invoicing.domain.deliveries.delivery import Delivery
from invoicing.domain.parties.logo import Image
from invoicing.domain.templates.template import Template
from invoicing_documents.credit_note_content import credit_note_content_of
from invoicing_documents.designs import palette_of
from invoicing_documents.email.message import Letter, compose_message, joined, pdf_of, with_current_link
from invoicing_documents.plain_text import one_line
from invoicing_documents.sums import base_tax_of


def compose_credit_note_email(
    note: CreditNote,
    delivery: Delivery,
    pdf: bytes,
    logo: Image | None = None,
    *,
    template: Template | None = None,
    sender: str,
) -> bytes:
    """Compose the message of a credit note, as `compose_message` does; it links to the page of the invoice."""
    linked = with_current_link(delivery, note.page_token)
    letter = credit_note_letter(note, template)
    return compose_message(letter, linked, pdf_of(one_line(note.number), pdf), sender=sender, logo=logo)


def credit_note_letter(note: CreditNote, template: Template | None = None) -> Letter:
    """Return the content of the e-mail, in the words and colours of a template."""
    content = credit_note_content_of(note, template)
    wording, seller, number = content.wording, content.seller.name, content.number or ""
    _, invoice, *_references = content.facts
    tax = base_tax_of(note, wording)[:1]
    return Letter(
        content=content,
        subject=wording.say("credit_note_from", number=number, seller=seller),
        message=wording.say("credit_note_intro", number=number, invoice=invoice.value, seller=seller),
        amount=content.panel,
        palette=palette_of(content.design.accent_color),
        below_amount=joined(wording, "", (invoice, *tax)),
    )
