"""List the views of an invoice."""

from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.invoices.views import InvoiceViews
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def list_invoice_views(uow: UnitOfWork, invoice_id: str) -> InvoiceViews | None:
    """Return the view log of an invoice, None before its first view; `NotFound` ``INVOICE_NOT_FOUND``."""
    uow.prefetch((Invoice, invoice_id), (InvoiceViews, invoice_id))
    return uow.find(InvoiceViews, uow.get(Invoice, invoice_id).id)
