"""The e-mail of a statement."""

from collections.abc import Callable

from invoicing.domain.deliveries.delivery import Delivery
from invoicing.domain.templates.template import Template
from invoicing.operations.customers.get_customer_statement import CustomerStatement
from invoicing.operations.documents.seller_logo import logo_of
from invoicing.operations.documents.statement import MailedStatement
from invoicing.operations.unit_of_work.ports import ObjectStore
from invoicing_documents.designs import palette_of
from invoicing_documents.email.message import Letter, compose_message, joined, pdf_of
from invoicing_documents.pdf import render_statement_pdf
from invoicing_documents.statement_content import ageing_fields, statement_content_of


def compose_statement_email(
    statement: MailedStatement,
    delivery: Delivery,
    objects: ObjectStore,
    *,
    template_of: Callable[[CustomerStatement], Template | None] = lambda _: None,
    sender: str,
) -> bytes:
    """Compose the message of a statement, as `compose_message` does; `ValueError` for one that must not be sent.

    Text and PDF are made of the same entries, in the template that ``template_of`` reads.
    """
    if statement.found is None:
        raise ValueError(f"statement {statement.mail.id} cannot be sent")
    template = template_of(statement.found)
    name = f"statement-{statement.mail.start}-{statement.mail.end}"
    logo = logo_of(statement.found, lambda: objects)
    pdf = pdf_of(name, render_statement_pdf(statement.found, logo, template))
    return compose_message(statement_letter(statement.found, template), delivery, pdf, sender=sender, logo=logo)


def statement_letter(found: CustomerStatement, template: Template | None = None) -> Letter:
    """Return the content of the e-mail, in the words and colours of a template."""
    content, *_others = statement_content_of(found, template)
    wording, seller = content.wording, content.seller.name
    return Letter(
        content=content,
        subject=wording.say("statement_from", seller=seller),
        message=wording.say("statement_intro", seller=seller),
        amount=content.panel,
        palette=palette_of(content.design.accent_color),
        below_amount=joined(wording, "", content.facts),
        fields=tuple(field for each in found.statements for field in ageing_fields(each, wording, wording.money)),
        payment_instructions=content.payment_instructions,
        payment=content.payment,
    )
