"""The hosted page of an invoice, and the pages shown when it is unavailable."""

import base64
import hashlib
from functools import cache
from importlib.resources import files

from invoicing.domain.invoices.invoice import Invoice, Status
from invoicing_documents.content import content_of
from invoicing_documents.html_templates import template
from invoicing_documents.parties import Field
from invoicing_documents.wording import Wording, wording_for


def render_invoice_page(invoice: Invoice, *, pdf_url: str) -> str:
    """Render an invoice as an HTML document in its customer's language, with its current amounts paid and due.

    Send it with `content_security_policy`. `ValueError` without a seller.
    """
    content = content_of(invoice)
    wording = content.wording
    return template("page", "invoice.html.j2").render(
        content=content,
        wording=wording,
        title=_title(wording, content.number, content.seller.name, content.title),
        status=_status(invoice, wording),
        balance=_balance(invoice, wording),
        amount_due=wording.money(invoice.amount_due, invoice.currency),
        is_open=invoice.status is not Status.CANCELLED and invoice.amount_due > 0,
        is_cancelled=invoice.status is Status.CANCELLED,
        is_paid=invoice.status is Status.PAID and _was_paid(invoice),
        pdf_url=pdf_url,
        style=_style(),
    )


def render_not_found_page(locale: str) -> str:
    """Render the page of an unknown link; it does not reveal whether there ever was an invoice."""
    return _message_page(locale, "not_found")


def render_failure_page(locale: str) -> str:
    """Render the page shown while the invoice's page is unavailable."""
    return _message_page(locale, "failure")


@cache
def content_security_policy() -> str:
    """Return the Content-Security-Policy header of all pages: only their own style sheet, by its hash (CSP 3)."""
    digest = base64.b64encode(hashlib.sha256(_style().encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )


def _message_page(locale: str, kind: str) -> str:
    wording = wording_for(locale)
    return template("page", "message.html.j2").render(
        wording=wording, title=wording[f"{kind}_title"], text=wording[f"{kind}_text"], style=_style()
    )


@cache
def _style() -> str:
    return files("invoicing_documents.page").joinpath("page.css").read_text(encoding="utf-8")


def _title(wording: Wording, number: str | None, seller: str, draft_title: str) -> str:
    return wording.say("invoice_from", number=number, seller=seller) if number else f"{draft_title} – {seller}"


def _status(invoice: Invoice, wording: Wording) -> str:
    if invoice.status is Status.DRAFT:
        return wording["draft_notice"]
    if invoice.status is Status.CANCELLED:
        return wording["status_cancelled"]
    if invoice.status is Status.PAID and not _was_paid(invoice):
        return wording["nothing_due"]
    if invoice.status is Status.PAID:
        paid_date = invoice.paid_date
        return wording.say("paid_on", date=wording.date(paid_date)) if paid_date else wording["status_paid"]
    due = wording.say("due_on", date=wording.date(invoice.due_date))
    return f"{wording['status_partially_paid']} · {due}" if invoice.amount_paid else due


def _was_paid(invoice: Invoice) -> bool:
    """Whether money settled the invoice, not only a credit note or a write-off."""
    return invoice.amount_paid > 0 and not invoice.amount_written_off


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
