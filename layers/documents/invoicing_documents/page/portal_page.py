"""The portal of a customer: its open invoices and all its documents."""

from dataclasses import replace
from urllib.parse import quote

from invoicing.dataclass import dataclass
from invoicing.domain.credit_notes.credit_note import CreditNote
from invoicing.domain.invoices.invoice import Invoice, Status
from invoicing.domain.invoices.lifecycle import is_overdue
from invoicing.domain.invoices.mark import was_paid
from invoicing.domain.ledger.statement import Balance
from invoicing.domain.payments.payment import Payment, PaymentStatus
from invoicing.operations.lists.query import ListPage
from invoicing.operations.pages.view_portal import Portal
from invoicing_documents.html_templates import template
from invoicing_documents.page.document_list import (
    DocumentList,
    Row,
    credit_notes_of,
    payments_of,
    state_of_payment,
)
from invoicing_documents.page.style import style
from invoicing_documents.parties import Field, seller_of
from invoicing_documents.plain_text import one_line
from invoicing_documents.wording import Wording, wording_for


@dataclass(frozen=True, slots=True, kw_only=True)
class _Account:
    """The balance in one currency."""

    outstanding: str
    facts: tuple[Field, ...]


def render_portal_page(portal: Portal, *, own_url: str, is_first: bool = True) -> str:
    """Render the portal as an HTML document in its customer's language; links begin with ``own_url``.

    Balances and open invoices are on the first page only. Send it with `content_security_policy`.
    """
    account, wording = portal.account, wording_for(portal.customer.locale or portal.account.locale)
    seller = seller_of(wording, account)
    lists = (
        *([_open_invoices(portal, wording, own_url)] if is_first and portal.open_invoices else []),
        _invoices(portal, wording, own_url),
        _credit_notes(portal, wording, own_url),
        _payments(portal, wording, own_url),
    )
    return template("page", "portal.html.j2").render(
        wording=wording,
        title=wording.say("portal_from", seller=seller.name),
        seller=seller,
        seller_email=one_line(account.email) if account.email else None,
        customer=one_line(portal.customer.name),
        accounts=[_account(each, wording) for each in portal.balances] if is_first else [],
        # Of a page of drafts that were voided nothing is shown, but what leads to the others.
        lists=[each for each in lists if each.rows or each.newer_url or each.older_url],
        first_url="" if is_first else own_url,
        statement_url=f"{own_url}/statement/pdf",
        style=style(),
    )


def _account(balance: Balance, wording: Wording) -> _Account:
    facts = {"overdue": balance.overdue, "unused_credit": balance.credit}
    return _Account(
        outstanding=wording.money(balance.amount_due, balance.currency),
        facts=tuple(
            Field(wording[name], wording.money(amount, balance.currency)) for name, amount in facts.items() if amount
        ),
    )


def _open_invoices(portal: Portal, wording: Wording, own_url: str) -> DocumentList:
    return DocumentList(
        title=wording["open_invoices"],
        date_label=wording["due_date"],
        state_label=wording["state"],
        amount_label=wording["amount_due"],
        rows=tuple(
            Row(
                number=one_line(invoice.number or ""),
                url=_invoice_url(own_url, invoice),
                date=wording.date(invoice.due_date),
                amount=wording.money(invoice.amount_due, invoice.currency),
                state=_state(portal, invoice, wording),
                mark=_mark(portal, invoice),
            )
            for invoice in portal.open_invoices
        ),
        has_more=portal.has_more_open,
    )


def _invoices(portal: Portal, wording: Wording, own_url: str) -> DocumentList:
    rows = (
        Row(
            number=one_line(invoice.number or ""),
            url=_invoice_url(own_url, invoice),
            date=wording.date(invoice.issue_date),
            amount=wording.money(invoice.total, invoice.currency),
            state=_state(portal, invoice, wording),
            mark=_mark(portal, invoice),
        )
        for invoice in portal.invoices.items
    )
    listed = DocumentList(
        title=wording["invoices"],
        date_label=wording["issue_date"],
        state_label=wording["state"],
        amount_label=wording["total"],
        rows=tuple(rows),
    )
    return _paged(listed, portal.invoices, "invoices", own_url)


def _credit_notes(portal: Portal, wording: Wording, own_url: str) -> DocumentList:
    rows = (
        Row(
            number=one_line(note.number),
            url=f"{own_url}/credit-notes/{quote(note.id)}/pdf",
            date=wording.date(note.issue_date),
            amount=wording.money(note.total, note.currency),
            state=_credit(portal, note, wording),
            mark="cancelled" if note.voided_at else "",
        )
        for note in portal.credit_notes.items
    )
    return _paged(credit_notes_of(rows, wording), portal.credit_notes, "credit_notes", own_url)


def _payments(portal: Portal, wording: Wording, own_url: str) -> DocumentList:
    rows = (
        Row(
            number=payment.receipt_number,
            url="" if payment.status is PaymentStatus.REVERSED else f"{own_url}/receipts/{quote(payment.id)}/pdf",
            date=wording.date(payment.payment_date),
            amount=wording.money(payment.amount, payment.currency),
            **state_of_payment(
                payment,
                wording.money(payment.refunded_amount, payment.currency) if payment.refunded_amount else "",
                wording,
            ),
        )
        for payment in portal.payments.items
    )
    return _paged(payments_of(rows, wording), portal.payments, "payments", own_url)


def _paged(
    shown: DocumentList,
    listed: ListPage[Invoice] | ListPage[CreditNote] | ListPage[Payment],
    kind: str,
    own_url: str,
) -> DocumentList:
    """Return a list with links to what is before and after it."""
    newer, older = listed.previous_cursor, listed.next_cursor
    return replace(
        shown,
        newer_url=f"{own_url}?{kind}={quote(newer)}" if newer else "",
        older_url=f"{own_url}?{kind}={quote(older)}" if older else "",
    )


def _invoice_url(own_url: str, invoice: Invoice) -> str:
    return f"{own_url}/invoices/{quote(invoice.id)}"


def _mark(portal: Portal, invoice: Invoice) -> str:
    if invoice.status is Status.CANCELLED or (invoice.status is Status.PAID and was_paid(invoice)):
        return str(invoice.status)
    return "overdue" if is_overdue(invoice, portal.on) else ""


def _state(portal: Portal, invoice: Invoice, wording: Wording) -> str:
    match _mark(portal, invoice):
        case "cancelled":
            return wording["cancelled"]
        case "paid":
            return wording["status_paid"]
        case "overdue":
            return wording["overdue"]
    if invoice.status is Status.PAID:
        return wording["nothing_due"]
    return wording["status_partially_paid"] if invoice.amount_paid else ""


def _credit(portal: Portal, note: CreditNote, wording: Wording) -> str:
    """Say what is left of the credit that a note gave, or that it was voided."""
    if note.voided_at:
        return wording["cancelled"]
    available = portal.available.get(note.id)
    return wording.say("credit_available", amount=wording.money(available, note.currency)) if available else ""
