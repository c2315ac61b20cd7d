"""List payments."""

from dataclasses import replace

from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.payments.payment import Payment
from invoicing.operations.lists.query import ListPage, ListQuery
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def list_payments(uow: UnitOfWork, query: ListQuery) -> ListPage[Payment]:
    """Return one page; `InvalidRequest` as `Store.page_of` and `Store.page_among`.

    A filter on ``invoice_id`` reads the invoice, which names its payments: one payment may pay several invoices. For an
    unknown invoice the list is empty.
    """
    of_invoice = next((item for item in query.conditions if item.field == "invoice_id"), None)
    if of_invoice is None:
        return uow.page_of(Payment, query)
    invoice = uow.find(Invoice, of_invoice.value)
    ids = [payment.payment_id for payment in invoice.payments] if invoice else []
    others = tuple(item for item in query.conditions if item is not of_invoice)
    return uow.store.page_among(Payment, uow.account, ids, replace(query, conditions=others))
