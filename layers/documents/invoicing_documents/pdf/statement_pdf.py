"""Statements and receipts, in the layout of invoices."""

from invoicing.domain.ledger.statement import Statement, StatementLine
from invoicing.domain.payments.payment import Payment
from invoicing.operations.customers.get_customer_statement import CustomerStatement
from invoicing_documents.content import Content
from invoicing_documents.pdf import theme
from invoicing_documents.pdf.flow import Flow
from invoicing_documents.pdf.invoice_pdf import draw_document, draw_totals
from invoicing_documents.pdf.line_table import KEPT_TOGETHER, Column, Table, TableRow, draw_table
from invoicing_documents.plain_text import one_line
from invoicing_documents.statement_content import movement_of, receipt_content_of, statement_content_of
from invoicing_documents.wording import Wording

_WIDEST = 105.0
_GAP = 22.0
_HEADING = theme.HEADING.leading + 6


def render_statement_pdf(found: CustomerStatement) -> bytes:
    """Render a statement as a PDF/A-3B file: in each currency, every movement with the balance after it."""
    *others, last = zip(found.statements, statement_content_of(found), strict=True)

    def draw(flow: Flow, content: Content) -> None:
        for statement, section in others:
            _section(flow, statement, section)
            draw_totals(flow, section)
            flow.y += _GAP
        if others:
            _section(flow, last[0], content)
        else:
            draw_table(flow, _movements(last[0], content.wording))

    name = f"statement of {last[0].customer_id}"
    return draw_document(last[1], found.seller, found.made_at, name, draw)


def _section(flow: Flow, statement: Statement, content: Content) -> None:
    """Draw the movements in one of several currencies under its code, which is not left alone on a page."""
    if not flow.fits(_HEADING + flow.page_height * KEPT_TOGETHER):
        flow.new_page()
    flow.canvas.text(flow.left, flow.y + theme.HEADING.size, statement.currency, theme.HEADING)
    flow.y += _HEADING
    draw_table(flow, _movements(statement, content.wording))


def render_receipt_pdf(payment: Payment) -> bytes:
    """Render a receipt as a PDF/A-3B file: the same payment gives the same bytes, whatever was refunded since."""

    def draw(flow: Flow, content: Content) -> None:
        draw_table(flow, _paid(payment, content.wording))

    content = receipt_content_of(payment)
    return draw_document(content, payment.seller, payment.created_at, f"receipt of {payment.id}", draw)


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
        return TableRow(text, "", amounts, wording.date(entry.date))

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


def _paid(payment: Payment, wording: Wording) -> Table:
    """Return the table of what the payment paid and what became credit; they add up to its amount."""
    parts = [(one_line(part.invoice_number or part.invoice_id), part.amount) for part in payment.allocations]
    if payment.to_credit:
        parts.append((wording["became_credit"], payment.to_credit))
    rows = (TableRow(text, "", (wording.amount(amount, payment.currency),)) for text, amount in parts)
    return Table(wording["paid_invoice"], (Column(wording["amount"], _WIDEST),), tuple(rows))
