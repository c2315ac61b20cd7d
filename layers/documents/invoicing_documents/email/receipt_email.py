"""The e-mail of a receipt."""

from invoicing.domain.deliveries.delivery import Delivery
from invoicing.domain.payments.payment import Payment
from invoicing.operations.documents.receipt import RECEIPT
from invoicing_documents.email.message import Letter, compose_message, joined, pdf_of
from invoicing_documents.parties import Field
from invoicing_documents.plain_text import one_line
from invoicing_documents.statement_content import receipt_content_of


def compose_receipt_email(payment: Payment, delivery: Delivery, pdf: bytes, *, sender: str) -> bytes:
    """Compose the message of a receipt, as `compose_message` does."""
    content = receipt_content_of(payment)
    wording, seller = content.wording, content.seller.name
    facts = [Field(wording["payment_date"], wording.date(payment.payment_date))]
    if payment.reference:
        facts.append(Field(wording["reference"], one_line(payment.reference)))
    letter = Letter(
        content=content,
        subject=wording.say("receipt_from", seller=seller),
        message=wording.say("receipt_intro", seller=seller),
        amount=content.panel,
        below_amount=joined(wording, "", tuple(facts)),
    )
    return compose_message(letter, delivery, pdf_of(RECEIPT.title(payment), pdf), sender=sender)
