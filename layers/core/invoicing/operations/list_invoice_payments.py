"""List the payments of an invoice."""

from invoicing.domain.payment import Payment
from invoicing.operations.get_invoice import get_invoice
from invoicing.operations.listing import Listed, ListQuery
from invoicing.operations.work import Work


def list_invoice_payments(work: Work, invoice_id: str, query: ListQuery) -> Listed[Payment]:
    """One page of what paid it; `NotFound` ``INVOICE_NOT_FOUND``, `InvalidRequest` as `Store.page_among` says.

    The invoice names its payments, because one payment may pay several invoices.
    """
    invoice = get_invoice(work, invoice_id)
    ids = [payment.payment_id for payment in invoice.payments]
    return work.store.page_among(Payment, work.account, ids, query)
