"""Invoices, credit notes, statements and receipts as PDF documents.

fpdf2 is imported when the first PDF is rendered: most requested documents are stored already, and a function that only
links to one starts in half the time.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from invoicing.domain.credit_notes.credit_note import CreditNote
from invoicing.domain.invoices.invoice import Invoice

if TYPE_CHECKING:
    from invoicing.domain.payments.payment import Payment
    from invoicing.operations.customers.get_customer_statement import CustomerStatement


def render_invoice_pdf(invoice: Invoice) -> bytes:
    """Render an invoice whose ``seller`` is set; see `invoicing_documents.pdf.invoice_pdf`."""
    from invoicing_documents.pdf.invoice_pdf import render_invoice_pdf as render  # noqa: PLC0415

    return render(invoice)


def render_statement_pdf(found: "CustomerStatement") -> bytes:
    """Render a statement; see `invoicing_documents.pdf.statement_pdf`."""
    from invoicing_documents.pdf.statement_pdf import render_statement_pdf as render  # noqa: PLC0415

    return render(found)


def render_receipt_pdf(payment: "Payment") -> bytes:
    """Render the receipt of a payment; see `invoicing_documents.pdf.statement_pdf`."""
    from invoicing_documents.pdf.statement_pdf import render_receipt_pdf as render  # noqa: PLC0415

    return render(payment)


def render_credit_note_pdf(note: CreditNote) -> bytes:
    """Render a credit note; see `invoicing_documents.pdf.credit_note_pdf`."""
    from invoicing_documents.pdf.credit_note_pdf import render_credit_note_pdf as render  # noqa: PLC0415

    return render(note)


def render_open_invoices_pdf(owed: Sequence[Invoice], lead: Invoice, day: date, made_at: datetime) -> bytes:
    """Render a statement of open invoices; see `invoicing_documents.pdf.statement_pdf`."""
    from invoicing_documents.pdf.statement_pdf import render_open_invoices_pdf as render  # noqa: PLC0415

    return render(owed, lead, day, made_at)
