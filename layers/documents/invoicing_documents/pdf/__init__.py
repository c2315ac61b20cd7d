"""The invoice as a PDF document.

fpdf2 is imported when the first PDF is drawn: most documents that are asked for are stored already, and a function that
only hands one out starts in half the time.
"""

from invoicing.domain.invoice import Invoice


def render_invoice_pdf(invoice: Invoice) -> bytes:
    """The PDF of an invoice whose ``seller`` is set; see `invoicing_documents.pdf.invoice_pdf`."""
    from invoicing_documents.pdf.invoice_pdf import render_invoice_pdf as render  # noqa: PLC0415

    return render(invoice)
