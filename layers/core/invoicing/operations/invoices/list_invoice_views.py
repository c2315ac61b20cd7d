"""List the views of an invoice."""

from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.invoices.views import InvoiceViews, View
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def list_invoice_views(uow: UnitOfWork, invoice_id: str) -> tuple[View, ...]:
    """Return the views of an invoice, the latest first; `NotFound` ``INVOICE_NOT_FOUND``."""
    uow.prefetch((Invoice, invoice_id), (InvoiceViews, invoice_id))
    log = uow.find(InvoiceViews, uow.get(Invoice, invoice_id).id)
    return log.views[::-1] if log else ()
