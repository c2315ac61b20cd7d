"""The hosted page of an invoice."""

from typing import NamedTuple
from urllib.parse import quote

from invoicing.domain.invoices.invoice import Invoice, Status
from invoicing.domain.invoices.mark import was_paid
from invoicing.domain.parties.logo import Image
from invoicing.domain.payments.payment import receipt_number
from invoicing.domain.templates.template import Template
from invoicing_documents.bilingual import invoice_in_its_languages
from invoicing_documents.html_templates import template as page_template
from invoicing_documents.logo_image import data_url
from invoicing_documents.page.document_list import (
    DocumentList,
    Row,
    credit_notes_of,
    payments_of,
    state_of_payment,
)
from invoicing_documents.page.style import accent_of, style
from invoicing_documents.parties import Field
from invoicing_documents.payment_code import dark_runs, modules_of, payment_code_of, payment_url_of
from invoicing_documents.plain_text import one_line
from invoicing_documents.swiss_qr_bill import is_swiss
from invoicing_documents.wording import Wording


def render_invoice_page(
    invoice: Invoice,
    template: Template | None = None,
    *,
    pdf_url: str,
    portal_link_url: str = "",
    portal_url: str = "",
    documents_url: str = "",
    logo: Image | None = None,
) -> str:
    """Render an invoice as an HTML document in its customer's language, with its current amounts paid and due.

    ``portal_link_url`` orders a link to the customer's portal by e-mail; the page leads to ``portal_url`` itself only
    when it was opened from there. Else addresses of credit notes and receipts begin with ``documents_url``: of receipts
    only those of payments of this invoice alone, as others name other invoices. The logo is part of the page. Send it
    with the `content_security_policy` of the same template. `ValueError` without a seller.
    """
    content = invoice_in_its_languages(invoice, template)
    is_open = invoice.status is not Status.CANCELLED and invoice.amount_due > 0
    wording = content.wording
    return page_template("page", "invoice.html.j2").render(
        content=content,
        wording=wording,
        title=_title(wording, content.number, content.seller.name, content.title),
        status=_status(invoice, wording),
        balance=_balance(invoice, wording),
        amount_due=wording.money(invoice.amount_due, invoice.currency),
        is_open=is_open,
        code=_code_to_pay(invoice, content.number) if is_open else None,
        pay_url=payment_url_of(invoice, invoice.amount_due) if is_open and content.number else "",
        is_cancelled=invoice.status is Status.CANCELLED,
        is_paid=invoice.status is Status.PAID and was_paid(invoice),
        pdf_url=pdf_url,
        portal_link_url=portal_link_url,
        portal_url=portal_url,
        lists=[each for each in _lists(invoice, wording, portal_url, documents_url) if each.rows],
        logo=logo,
        logo_url=data_url(logo) if logo else "",
        style=style(accent_of(template)),
    )


class _Code(NamedTuple):
    """A code that is scanned as a path of SVG, in a square of ``side`` modules.

    A phone that shows the page opens its ``url``, if it has one. A Swiss code has a cross in its middle.
    """

    path: str
    side: int
    url: str
    is_swiss: bool


def _code_to_pay(invoice: Invoice, number: str | None) -> _Code | None:
    """Return the code that pays what is due now, if there is one."""
    payload = payment_code_of(invoice, invoice.amount_due) if number else ""
    if not payload:
        return None
    modules = modules_of(payload)
    dark = (f"M{column} {row}h{length}v1h-{length}z" for row, column, length in dark_runs(modules))
    url = payload if payload.startswith(("upi:", "https:")) else ""
    return _Code("".join(dark), len(modules), url, is_swiss(payload))


def _lists(invoice: Invoice, wording: Wording, portal_url: str, documents_url: str) -> tuple[DocumentList, ...]:
    """Return the payments and the credit notes of the invoice."""
    receipts = f"{portal_url}/receipts" if portal_url else documents_url
    notes = f"{portal_url}/credit-notes" if portal_url else documents_url

    def money(minor: int) -> str:
        return wording.money(minor, invoice.currency)

    paid = (
        Row(
            number=receipt_number(part.payment_id, part.payment_date),
            url=_pdf(receipts, part.payment_id) if part.status != "reversed" and (part.alone or portal_url) else "",
            date=wording.date(part.payment_date),
            amount=money(part.amount),
            **state_of_payment(part, money(part.returned) if part.returned else "", wording),
        )
        for part in invoice.payments
    )
    credited = (
        Row(
            number=one_line(note.number),
            url=_pdf(notes, note.credit_note_id),
            date=wording.date(note.issue_date),
            amount=money(note.total),
            state=wording["cancelled"] if note.voided_at else "",
            mark="cancelled" if note.voided_at else "",
        )
        for note in invoice.credit_notes
    )
    return payments_of(paid, wording), credit_notes_of(credited, wording)


def _pdf(begin: str, document_id: str) -> str:
    return f"{begin}/{quote(document_id)}/pdf" if begin else ""


def _title(wording: Wording, number: str | None, seller: str, draft_title: str) -> str:
    return wording.say("invoice_from", number=number, seller=seller) if number else f"{draft_title} – {seller}"


def _status(invoice: Invoice, wording: Wording) -> str:
    if invoice.status is Status.DRAFT:
        return wording["draft_notice"]
    if invoice.status is Status.CANCELLED:
        return wording["status_cancelled"]
    if invoice.status is Status.PAID and not was_paid(invoice):
        return wording["nothing_due"]
    if invoice.status is Status.PAID:
        paid_date = invoice.paid_date
        return wording.say("paid_on", date=wording.date(paid_date)) if paid_date else wording["status_paid"]
    due = wording.say("due_on", date=wording.date(invoice.due_date))
    return f"{wording['status_partially_paid']} · {due}" if invoice.amount_paid else due


def _balance(invoice: Invoice, wording: Wording) -> tuple[Field, ...]:
    """Return the amounts paid, credited and written off, and the amount due; empty without any. They add up."""
    settled = {
        "amount_paid": invoice.amount_paid,
        "amount_credited": invoice.applied_to_invoice,
        "amount_written_off": invoice.amount_written_off,
    }
    if not any(settled.values()):
        return ()
    amounts = {name: amount for name, amount in settled.items() if amount} | {"amount_due": invoice.amount_due}
    return tuple(Field(wording[name], wording.money(amount, invoice.currency)) for name, amount in amounts.items())
