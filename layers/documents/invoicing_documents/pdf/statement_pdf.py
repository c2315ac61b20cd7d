"""Statements and receipts, in the layout of invoices."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from typing import cast

from invoicing.dataclass import dataclass
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.ledger.statement import Statement, StatementLine
from invoicing.domain.parties.account import Seller
from invoicing.domain.parties.logo import Image
from invoicing.domain.payments.payment import Payment
from invoicing.domain.reminders.customer_reminder import totals_due
from invoicing.domain.templates.template import Template
from invoicing.operations.customers.get_customer_statement import CustomerStatement
from invoicing_documents.content import Content
from invoicing_documents.parties import Field
from invoicing_documents.pdf import theme
from invoicing_documents.pdf.closing import draw_totals
from invoicing_documents.pdf.flow import Flow
from invoicing_documents.pdf.invoice_pdf import draw_document
from invoicing_documents.pdf.line_table import KEPT_TOGETHER, Column, Table, TableRow, draw_table
from invoicing_documents.plain_text import one_line
from invoicing_documents.reminder_content import OpenRow, rows_of
from invoicing_documents.statement_content import (
    movement_of,
    open_invoices_content_of,
    receipt_content_of,
    statement_content_of,
)
from invoicing_documents.wording import Wording

_WIDEST = 105.0
_GAP = 22.0
_HEADING = theme.HEADING.leading + 6


@dataclass(frozen=True, slots=True)
class _Section:
    """What a statement says in one currency: a table, and the sums below it."""

    currency: str
    table: Table
    content: Content


def render_statement_pdf(
    found: CustomerStatement, logo: Image | None = None, template: Template | None = None
) -> bytes:
    """Render a statement as a PDF/A-3B file: in each currency, every movement with the balance after it."""
    contents = statement_content_of(found, template)
    sections = [
        _Section(statement.currency, _movements(statement, content.wording), content)
        for statement, content in zip(found.statements, contents, strict=True)
    ]
    name = f"statement of {found.statements[-1].customer_id}"
    return _draw_statement(sections, found.seller, found.made_at, name, logo)


def render_open_invoices_pdf(
    owed: Sequence[Invoice],
    lead: Invoice,
    day: date,
    made_at: datetime,
    logo: Image | None = None,
    *,
    template: Template | None = None,
) -> bytes:
    """Render a statement as a PDF/A-3B file: in each currency, every invoice of which something is due on a day.

    Seller, buyer and language are those of the ``lead``. `ValueError` without a seller.
    """
    content = open_invoices_content_of(owed, lead, day, template)
    wording, sections = content.wording, []
    for currency, amount in sorted(totals_due(owed).items()):
        rows = rows_of((invoice for invoice in owed if invoice.currency == currency), day, wording)
        total = Field(f"{wording['amount_outstanding']} ({currency})", wording.money(amount, currency))
        sections.append(_Section(currency, _open(rows, wording), replace(content, total=total)))
    seller = cast(Seller, lead.seller)
    return _draw_statement(sections, seller, made_at, f"open invoices of {lead.buyer.id}", logo)


def _draw_statement(
    sections: Sequence[_Section], seller: Seller, made_at: datetime, name: str, logo: Image | None
) -> bytes:
    """Draw the section of each currency, under its code where there are several."""
    *others, last = sections

    def draw(flow: Flow, _: Content) -> None:
        last_follows = flow.follows
        for section in others:
            flow.follows = flow.height_of(partial(draw_totals, flow, section.content))
            _draw_section(flow, section)
            draw_totals(flow, section.content)
            flow.y += _GAP
        flow.follows = last_follows
        if others:
            _draw_section(flow, last)
        else:
            draw_table(flow, last.table)

    return draw_document(last.content, seller, made_at, name, draw, logo=logo)


def _draw_section(flow: Flow, section: _Section) -> None:
    """Draw the table of one of several currencies under its code, which is not left alone on a page."""
    if not flow.fits(_HEADING + flow.page_height * KEPT_TOGETHER):
        flow.new_page()
    flow.canvas.text(flow.start, flow.y + theme.HEADING.size, section.currency, theme.HEADING)
    flow.y += _HEADING
    draw_table(flow, section.table)


def render_receipt_pdf(payment: Payment, logo: Image | None = None, template: Template | None = None) -> bytes:
    """Render a receipt as a PDF/A-3B file: the same payment gives the same bytes, whatever was refunded since."""

    def draw(flow: Flow, content: Content) -> None:
        draw_table(flow, _paid(payment, content.wording))

    content = receipt_content_of(payment, template)
    return draw_document(content, payment.seller, payment.created_at, f"receipt of {payment.id}", draw, logo=logo)


def _movements(statement: Statement, wording: Wording) -> Table:
    """Return the table of movements; it has a column for credit where any movement changed it."""
    credit = any(line.entry.credit for line in statement.lines)

    def row(line: StatementLine) -> TableRow:
        entry = line.entry
        amount, given, balance = (
            wording.amount(minor, statement.currency) for minor in (entry.amount, entry.credit, line.balance)
        )
        amounts = (amount, given if entry.credit else "", balance) if credit else (amount, balance)
        text = "  ".join(filter(None, (movement_of(entry, wording), one_line(entry.document or ""))))
        due = wording.say("due_on", date=wording.date(line.due_date)) if line.due_date else ""
        return TableRow(text, due, amounts, wording.date(entry.date))

    labels = ("amount", "unused_credit", "balance") if credit else ("amount", "balance")
    opening = ("",) * (len(labels) - 1) + (wording.amount(statement.opening_balance, statement.currency),)
    first = TableRow(wording["opening_balance"], "", opening, wording.date(statement.start))
    nothing = () if statement.lines else (TableRow(wording["no_movements"], "", ("",) * len(labels)),)
    return Table(
        wording["description"],
        tuple(Column(wording[label], _WIDEST) for label in labels),
        (first, *nothing, *map(row, statement.lines)),
        wording["date"],
    )


def _open(rows: Sequence[OpenRow], wording: Wording) -> Table:
    """Return the table of open invoices."""
    return Table(
        wording["invoice"],
        (Column(wording["amount_outstanding"], _WIDEST),),
        tuple(TableRow(row.number, row.late, (row.amount_due,), row.due) for row in rows),
        wording["due_date"],
    )


def _paid(payment: Payment, wording: Wording) -> Table:
    """Return the table of what the payment paid, which add up to its amount, and of what was still due after it."""

    def amount(minor: int | None) -> str:
        return "" if minor is None else wording.amount(minor, payment.currency)

    parts = [
        (one_line(part.invoice_number or part.invoice_id), part.amount, part.still_due) for part in payment.allocations
    ]
    if payment.to_credit:
        parts.append((wording["became_credit"], payment.to_credit, None))
    labels = ["amount", "amount_outstanding"] if any(left is not None for _, _, left in parts) else ["amount"]
    rows = (TableRow(text, "", (amount(paid), amount(left))[: len(labels)]) for text, paid, left in parts)
    return Table(wording["paid_invoice"], tuple(Column(wording[label], _WIDEST) for label in labels), tuple(rows))
