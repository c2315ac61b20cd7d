"""The PDFs that the page of an invoice leads to besides its own."""

from invoicing.domain.credit_notes.credit_note import CreditNote
from invoicing.domain.payments.payment import Payment
from invoicing.operations.documents.credit_note import CREDIT_NOTE
from invoicing.operations.documents.receipt import RECEIPT
from invoicing.operations.documents.stored_pdf import StoredPdf
from invoicing.operations.templates._of_documents import designed
from invoicing.operations.unit_of_work.ports import ObjectStore, Store
from invoicing_documents.pdf import render_credit_note_pdf, render_receipt_pdf


def hosted_pdf(document: CreditNote | Payment, store: Store, objects: ObjectStore) -> StoredPdf:
    """Return the PDF of a credit note, or of the receipt of a payment, drawn the first time that it is asked for."""
    if isinstance(document, Payment):
        return RECEIPT.pdf_of(document, objects, designed(store, render_receipt_pdf))
    return CREDIT_NOTE.pdf_of(document, objects, designed(store, render_credit_note_pdf))
