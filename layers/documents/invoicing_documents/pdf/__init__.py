"""Invoices, credit notes, statements and receipts as PDF documents.

fpdf2 is imported when the first PDF is rendered: most requested documents are stored already, and a function that only
links to one starts in half the time.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from invoicing.domain.credit_notes.credit_note import CreditNote
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.invoices.mark import Mark
from invoicing.domain.parties.logo import Image

if TYPE_CHECKING:
    from invoicing.domain.payments.payment import Payment
    from invoicing.domain.templates.template import Template
    from invoicing.operations.customers.get_customer_statement import CustomerStatement


def render_invoice_pdf(invoice: Invoice, logo: Image | None = None, template: "Template | None" = None) -> bytes:
    """Render an invoice whose ``seller`` is set; see `invoicing_documents.pdf.invoice_pdf`."""
    from invoicing_documents.pdf.invoice_pdf import render_invoice_pdf as render  # noqa: PLC0415

    return render(invoice, logo, template)


def render_invoice_copy(invoice: Invoice, logo: Image | None, template: "Template | None", mark: Mark | None) -> bytes:
    """Render a copy that says what became of an issued invoice; see `invoicing_documents.pdf.invoice_pdf`."""
    from invoicing_documents.pdf.invoice_pdf import render_invoice_pdf as render  # noqa: PLC0415

    return render(invoice, logo, template, mark)


def render_statement_pdf(
    found: "CustomerStatement", logo: Image | None = None, template: "Template | None" = None
) -> bytes:
    """Render a statement; see `invoicing_documents.pdf.statement_pdf`."""
    from invoicing_documents.pdf.statement_pdf import render_statement_pdf as render  # noqa: PLC0415

    return render(found, logo, template)


def render_receipt_pdf(payment: "Payment", logo: Image | None = None, template: "Template | None" = None) -> bytes:
    """Render the receipt of a payment; see `invoicing_documents.pdf.statement_pdf`."""
    from invoicing_documents.pdf.statement_pdf import render_receipt_pdf as render  # noqa: PLC0415

    return render(payment, logo, template)


def render_credit_note_pdf(note: CreditNote, logo: Image | None = None, template: "Template | None" = None) -> bytes:
    """Render a credit note; see `invoicing_documents.pdf.credit_note_pdf`."""
    from invoicing_documents.pdf.credit_note_pdf import render_credit_note_pdf as render  # noqa: PLC0415

    return render(note, logo, template)


def render_open_invoices_pdf(
    owed: Sequence[Invoice],
    lead: Invoice,
    day: date,
    made_at: datetime,
    logo: Image | None = None,
    *,
    template: "Template | None" = None,
) -> bytes:
    """Render a statement of open invoices; see `invoicing_documents.pdf.statement_pdf`."""
    from invoicing_documents.pdf.statement_pdf import render_open_invoices_pdf as render  # noqa: PLC0415

    return render(owed, lead, day, made_at, logo, template=template)
