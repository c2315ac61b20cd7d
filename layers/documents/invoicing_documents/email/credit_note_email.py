"""The e-mail of a credit note."""

from invoicing.domain.credit_notes.credit_note import CreditNote
from invoicing.domain.deliveries.delivery import Delivery
from invoicing_documents.credit_note_content import credit_note_content_of
from invoicing_documents.email.message import Letter, compose_message, joined, pdf_of
from invoicing_documents.sums import base_tax_of


def compose_credit_note_email(note: CreditNote, delivery: Delivery, pdf: bytes, *, sender: str) -> bytes:
    """Compose the message of a credit note, as `compose_message` does; it links to the page of the invoice."""
    content = credit_note_content_of(note)
    wording, seller, number = content.wording, content.seller.name, content.number or ""
    _, invoice = content.facts
    tax = base_tax_of(note, wording)[:1]
    letter = Letter(
        content=content,
        subject=wording.say("credit_note_from", number=number, seller=seller),
        message=wording.say("credit_note_intro", number=number, invoice=invoice.value, seller=seller),
        amount=content.panel,
        below_amount=joined(wording, "", (invoice, *tax)),
    )
    return compose_message(letter, delivery, pdf_of(content.number, pdf), sender=sender)
