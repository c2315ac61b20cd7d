"""Read an invoice."""

from invoicing.domain.errors import not_found
from invoicing.domain.invoice import Invoice
from invoicing.operations.changes import Ref
from invoicing.operations.work import Work


def get_invoice(work: Work, invoice_id: str) -> Invoice:
    """The invoice; `NotFound` ``INVOICE_NOT_FOUND``."""
    invoice = work.store.find(Ref(Invoice, work.account, invoice_id))
    if invoice is None:
        raise not_found("invoice", invoice_id)
    return invoice
