"""Templates shown with a document: as PDF, or as the HTML of its e-mail."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.parties.logo import Image
from invoicing.operations.documents.mailed_receipt import MailedReceipt
from invoicing.operations.templates.preview_template import TemplatePreview
from invoicing_documents.email.credit_note_email import credit_note_letter
from invoicing_documents.email.invoice_email import invoice_letter
from invoicing_documents.email.message import Letter, rendered, within_html
from invoicing_documents.email.receipt_email import receipt_letter
from invoicing_documents.email.reminder_email import preview as preview_reminder
from invoicing_documents.email.statement_email import statement_letter
from invoicing_documents.pdf import (
    render_credit_note_pdf,
    render_invoice_pdf,
    render_open_invoices_pdf,
    render_receipt_pdf,
    render_statement_pdf,
)

type Preview = Callable[[TemplatePreview, Image | None, datetime, str], bytes]


def _drawn(draw: Callable[..., bytes], shown: TemplatePreview, logo: Image | None, *_: object) -> bytes:
    return draw(shown.document, logo, shown.template)


def _reminder_pdf(shown: TemplatePreview, logo: Image | None, now: datetime, _page_url: str) -> bytes:
    """Draw the statement that reminders of several invoices have with them."""
    invoice: Any = shown.document
    return render_open_invoices_pdf((invoice,), invoice, shown.on, now, logo, template=shown.template)


def _page_of(invoice: Invoice, page_url: str) -> str:
    return f"{page_url}/{invoice.page_token}" if invoice.page_token else ""


def _invoice_html(shown: TemplatePreview, logo: Image | None, now: datetime, page_url: str) -> bytes:
    invoice: Any = shown.document
    url = _page_of(invoice, page_url)
    letter = invoice_letter(invoice, now, url, shown.template)
    own = {"subject": invoice.email_subject or "", "message": invoice.email_message or ""}
    return rendered(letter, invoice.account, url, logo=within_html(logo), **own).html.encode()


def _reminder_html(shown: TemplatePreview, logo: Image | None, _now: datetime, page_url: str) -> bytes:
    invoice: Any = shown.document
    look: Any = {"template": shown.template, "logo": logo, "hosted_url": _page_of(invoice, page_url)}
    return preview_reminder(invoice, shown.account, None, "per_invoice", shown.on, **look).html.encode()


def _html(letter_of: Callable[..., Letter], shown: TemplatePreview, logo: Image | None, *_: object) -> bytes:
    letter = letter_of(shown.document, shown.template)
    return rendered(letter, shown.document.account, "", logo=within_html(logo)).html.encode()


PREVIEWS: Mapping[tuple[str, str], Preview] = {
    ("invoice", "pdf"): partial(_drawn, render_invoice_pdf),
    ("invoice", "html"): _invoice_html,
    ("credit_note", "pdf"): partial(_drawn, render_credit_note_pdf),
    ("credit_note", "html"): partial(_html, credit_note_letter),
    ("receipt", "pdf"): partial(_drawn, render_receipt_pdf),
    ("receipt", "html"): partial(
        _html, lambda payment, template: receipt_letter(MailedReceipt(payment=payment), template)
    ),
    ("statement", "pdf"): partial(_drawn, render_statement_pdf),
    ("statement", "html"): partial(_html, statement_letter),
    ("reminder", "pdf"): _reminder_pdf,
    ("reminder", "html"): _reminder_html,
}
"""What shows a template with a document in each format, with a logo and at an instant.

Pages have addresses that begin with a text. In HTML, the logo is a `data:` URL: browsers show it, wherever the HTML is.
"""
