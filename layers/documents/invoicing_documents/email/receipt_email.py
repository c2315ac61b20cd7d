"""The e-mail of a receipt."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from invoicing.domain.deliveries.delivery import Delivery
from invoicing.domain.parties.logo import Image
from invoicing.domain.payments.payment import Allocation, Payment
from invoicing.domain.templates.template import Template
from invoicing.operations.documents.mailed_receipt import MailedReceipt
from invoicing.operations.documents.receipt import RECEIPT
from invoicing_documents.designs import palette_of
from invoicing_documents.email.message import Letter, compose_message, joined, pdf_of
from invoicing_documents.parties import Field
from invoicing_documents.plain_text import one_line
from invoicing_documents.statement_content import receipt_content_of
from invoicing_documents.wording import Wording


def compose_receipt_email(
    mailed: MailedReceipt,
    delivery: Delivery,
    pdf: bytes,
    logo: Image | None = None,
    *,
    template_of: Callable[[Payment], Template | None] = lambda _: None,
    pages: str = "",
    sender: str,
) -> bytes:
    """Compose the message of a receipt, as `compose_message` does; it links to the page of its invoice, if any.

    ``template_of`` reads the template whose words it has. ``pages`` is what the addresses of pages begin with, empty
    where that is not known.
    """
    payment, invoice = mailed.payment, mailed.invoice
    linked = replace(delivery, hosted_url=f"{pages}/{invoice.page_token}") if pages and invoice else delivery
    letter = receipt_letter(mailed, template_of(payment))
    return compose_message(letter, linked, pdf_of(RECEIPT.title(payment), pdf), sender=sender, logo=logo)


def receipt_letter(mailed: MailedReceipt, template: Template | None = None) -> Letter:
    """Return the content of the e-mail, in the words and colours of a template."""
    payment = mailed.payment
    content = receipt_content_of(payment, template)
    wording, seller = content.wording, content.seller.name
    *facts, _ = content.facts  # all but the id
    paid = (field for part in payment.allocations for field in _paid(part, payment.currency, wording))
    return Letter(
        content=content,
        subject=wording.say("receipt_from", seller=seller),
        message=wording.say("receipt_intro", seller=seller),
        amount=content.panel,
        palette=palette_of(content.design.accent_color),
        below_amount=joined(wording, "", (Field(wording["number"], payment.receipt_number), *facts)),
        fields=(*paid, *_balance(mailed, wording)),
    )


def _paid(part: Allocation, currency: str, wording: Wording) -> Iterator[Field]:
    """Name an invoice with what was paid of it, and with what was still due on it."""
    invoice = f"{wording['invoice']} {wording.within(one_line(part.invoice_number or part.invoice_id))}"
    yield Field(invoice, wording.money(part.amount, currency))
    if part.still_due is not None:
        yield Field(f"{invoice} · {wording['amount_outstanding']}", wording.money(part.still_due, currency))


def _balance(mailed: MailedReceipt, wording: Wording) -> tuple[Field, ...]:
    if mailed.balance is None:
        return ()
    return (Field(wording["balance"], wording.money(mailed.balance, mailed.payment.currency)),)
