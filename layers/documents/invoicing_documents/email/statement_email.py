"""The e-mail of a statement."""

from invoicing.domain.deliveries.delivery import Delivery
from invoicing.operations.documents.statement import MailedStatement
from invoicing.operations.unit_of_work.ports import ObjectStore
from invoicing_documents.email.message import Letter, compose_message, joined, pdf_of
from invoicing_documents.pdf import render_statement_pdf
from invoicing_documents.statement_content import statement_content_of


def compose_statement_email(statement: MailedStatement, delivery: Delivery, _: ObjectStore, *, sender: str) -> bytes:
    """Compose the message of a statement, as `compose_message` does; `ValueError` for one that must not be sent.

    Text and PDF are made of the same entries.
    """
    if statement.found is None:
        raise ValueError(f"statement {statement.mail.id} cannot be sent")
    content, *_others = statement_content_of(statement.found)
    wording, seller = content.wording, content.seller.name
    letter = Letter(
        content=content,
        subject=wording.say("statement_from", seller=seller),
        message=wording.say("statement_intro", seller=seller),
        amount=content.panel,
        below_amount=joined(wording, "", content.facts),
    )
    name = f"statement-{statement.mail.start}-{statement.mail.end}"
    return compose_message(letter, delivery, pdf_of(name, render_statement_pdf(statement.found)), sender=sender)
