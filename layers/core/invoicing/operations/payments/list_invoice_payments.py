"""List the payments of an invoice."""

from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.payments.payment import Payment
from invoicing.operations.lists.query import ListPage, ListQuery
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def list_invoice_payments(uow: UnitOfWork, invoice_id: str, query: ListQuery) -> ListPage[Payment]:
    """Return one page of payments; `NotFound` ``INVOICE_NOT_FOUND``, `InvalidRequest` as `Store.page_among`.

    The invoice names its payments, because one payment may pay several invoices.
    """
    invoice = uow.get(Invoice, invoice_id)
    ids = [payment.payment_id for payment in invoice.payments]
    return uow.store.page_among(Payment, uow.account, ids, query)
