"""The e-mails that bring documents to their customers."""

from invoicing.domain.credit_note import CreditNote
from invoicing.domain.delivery import Delivery
from invoicing.domain.invoice import Invoice
from invoicing_documents.email.credit_note_email import compose_credit_note_email
from invoicing_documents.email.invoice_email import compose_invoice_email

__all__ = ["compose_credit_note_email", "compose_email", "compose_invoice_email"]


def compose_email(document: Invoice | CreditNote, delivery: Delivery, pdf: bytes, *, sender: str) -> bytes:
    """The message of whatever is sent by e-mail."""
    if isinstance(document, CreditNote):
        return compose_credit_note_email(document, delivery, pdf, sender=sender)
    return compose_invoice_email(document, delivery, pdf, sender=sender)
