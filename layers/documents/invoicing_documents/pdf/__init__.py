"""The PDF of an invoice. Importing this package loads fpdf2, which takes time: import it where PDFs are made only."""

from invoicing_documents.pdf.invoice_pdf import missing_characters, render_invoice_pdf

__all__ = ["missing_characters", "render_invoice_pdf"]
