"""Statements and receipts, in the layout of invoices."""

from invoicing.domain.ledger.statement import StatementLine
from invoicing.domain.payments.payment import Payment
from invoicing.operations.customers.get_customer_statement import CustomerStatement
from invoicing_documents.content import Content
from invoicing_documents.pdf.flow import Flow
from invoicing_documents.pdf.invoice_pdf import draw_document
from invoicing_documents.pdf.line_table import Column, Table, TableRow, draw_table
from invoicing_documents.plain_text import one_line
from invoicing_documents.statement_content import movement_of, receipt_content_of, statement_content_of
from invoicing_documents.wording import Wording

_WIDEST = 105.0


def render_statement_pdf(found: CustomerStatement) -> bytes:
    """Render a statement as a PDF/A-3B file: every movement with the balance after it."""

    def draw(flow: Flow, content: Content) -> None:
        draw_table(flow, _movements(found, content.wording))

    content = statement_content_of(found)
    name = f"statement of {found.statement.customer_id}"
    return draw_document(content, found.seller, found.made_at, name, draw)


def render_receipt_pdf(payment: Payment) -> bytes:
    """Render a receipt as a PDF/A-3B file: the same payment gives the same bytes, whatever was refunded since."""

    def draw(flow: Flow, content: Content) -> None:
        draw_table(flow, _paid(payment, content.wording))

    content = receipt_content_of(payment)
    return draw_document(content, payment.seller, payment.created_at, f"receipt of {payment.id}", draw)


def _movements(found: CustomerStatement, wording: Wording) -> Table:
    """Return the table of movements; it has a column for credit where any movement changed it."""
    statement = found.statement
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
