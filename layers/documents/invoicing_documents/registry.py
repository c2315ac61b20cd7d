"""The documents that are sent by e-mail, with their renderers and e-mail texts."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from invoicing.operations.documents.credit_note import CREDIT_NOTE
from invoicing.operations.documents.document_type import SendableDocument, with_its_pdf
from invoicing.operations.documents.invoice import with_pdf_and_files
from invoicing.operations.documents.notice import NOTICE
from invoicing.operations.documents.receipt import RECEIPT
from invoicing.operations.documents.reminder import REMINDER
from invoicing.operations.documents.statement import statement_of
from invoicing.operations.unit_of_work.ports import Ledger
from invoicing_documents.email.credit_note_email import compose_credit_note_email
from invoicing_documents.email.invoice_email import compose_invoice_email
from invoicing_documents.email.notice_email import compose_notice_email
from invoicing_documents.email.receipt_email import compose_receipt_email
from invoicing_documents.email.reminder_email import compose_reminder_email
from invoicing_documents.email.statement_email import compose_statement_email
from invoicing_documents.pdf import render_credit_note_pdf, render_invoice_pdf, render_receipt_pdf


def sendable_documents(*, sender: str, ledger: Ledger) -> Mapping[str, SendableDocument[Any]]:
    """Return the documents by their names in events; ``sender`` is the address of the deployment.

    Statements are made from the ``ledger``.
    """
    found: tuple[SendableDocument[Any], ...] = (
        with_pdf_and_files(render_invoice_pdf, partial(compose_invoice_email, sender=sender)),
        with_its_pdf(CREDIT_NOTE, render_credit_note_pdf, partial(compose_credit_note_email, sender=sender)),
        with_its_pdf(RECEIPT, render_receipt_pdf, partial(compose_receipt_email, sender=sender)),
        SendableDocument(type=REMINDER, compose=partial(compose_reminder_email, sender=sender)),
        SendableDocument(type=NOTICE, compose=partial(compose_notice_email, sender=sender)),
        SendableDocument(type=statement_of(ledger), compose=partial(compose_statement_email, sender=sender)),
    )
    return {document.type.name: document for document in found}
