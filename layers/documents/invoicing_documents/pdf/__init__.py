"""Invoices and credit notes as PDF documents.

fpdf2 is imported when the first PDF is drawn: most documents that are asked for are stored already, and a function that
only hands one out starts in half the time.
"""

from invoicing.domain.credit_note import CreditNote
from invoicing.domain.invoice import Invoice


def render_invoice_pdf(invoice: Invoice) -> bytes:
    """The PDF of an invoice whose ``seller`` is set; see `invoicing_documents.pdf.invoice_pdf`."""
    from invoicing_documents.pdf.invoice_pdf import render_invoice_pdf as render  # noqa: PLC0415

    return render(invoice)


def render_credit_note_pdf(note: CreditNote) -> bytes:
    """The PDF of a credit note; see `invoicing_documents.pdf.credit_note_pdf`."""
    from invoicing_documents.pdf.credit_note_pdf import render_credit_note_pdf as render  # noqa: PLC0415

    return render(note)


def render_pdf(document: Invoice | CreditNote) -> bytes:
    """The PDF of whatever is sent by e-mail."""
    return render_credit_note_pdf(document) if isinstance(document, CreditNote) else render_invoice_pdf(document)
