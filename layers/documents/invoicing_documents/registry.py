"""The documents that are sent by e-mail, with their renderers and e-mail texts."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from invoicing.operations.documents.credit_note import CREDIT_NOTE
from invoicing.operations.documents.document_type import SendableDocument, with_its_pdf
from invoicing.operations.documents.invoice import with_pdf_and_files
from invoicing.operations.documents.mailed_receipt import with_its_receipt
from invoicing.operations.documents.notice import NOTICE
from invoicing.operations.documents.portal_link import PORTAL_LINK
from invoicing.operations.documents.reminder import REMINDER
from invoicing.operations.documents.statement import statement_of
from invoicing.operations.templates._of_documents import current_template, designed, issued_template, worded
from invoicing.operations.unit_of_work.ports import Ledger, Store
from invoicing_documents.email.credit_note_email import compose_credit_note_email
from invoicing_documents.email.invoice_email import compose_invoice_email
from invoicing_documents.email.notice_email import compose_notice_email
from invoicing_documents.email.portal_link_email import compose_portal_link_email
from invoicing_documents.email.receipt_email import compose_receipt_email
from invoicing_documents.email.reminder_email import compose_reminder_email
from invoicing_documents.email.statement_email import compose_statement_email
from invoicing_documents.pdf import render_credit_note_pdf, render_invoice_pdf, render_receipt_pdf


def sendable_documents(
    *, sender: str, ledger: Ledger, store: Store, pages: str = ""
) -> Mapping[str, SendableDocument[Any]]:
    """Return the documents by their names in events; ``sender`` is the address of the deployment.

    Statements are made from the ``ledger``, and templates are read from the ``store``. Receipts link to the page of
    their invoice, if the address is known with which ``pages`` begin.
    """
    draw_invoice = designed(store, render_invoice_pdf)
    found: tuple[SendableDocument[Any], ...] = (
        with_pdf_and_files(draw_invoice, worded(store, partial(compose_invoice_email, sender=sender))),
        with_its_pdf(
            CREDIT_NOTE,
            designed(store, render_credit_note_pdf),
            worded(store, partial(compose_credit_note_email, sender=sender)),
        ),
        with_its_receipt(
            ledger,
            designed(store, render_receipt_pdf),
            partial(compose_receipt_email, template_of=partial(current_template, store), pages=pages, sender=sender),
        ),
        SendableDocument(
            type=REMINDER,
            compose=partial(
                compose_reminder_email, draw=draw_invoice, template_of=partial(current_template, store), sender=sender
            ),
        ),
        SendableDocument(type=NOTICE, compose=partial(compose_notice_email, sender=sender)),
        SendableDocument(type=PORTAL_LINK, compose=partial(compose_portal_link_email, sender=sender)),
        SendableDocument(
            type=statement_of(ledger),
            compose=partial(compose_statement_email, template_of=partial(issued_template, store), sender=sender),
        ),
    )
    return {document.type.name: document for document in found}
