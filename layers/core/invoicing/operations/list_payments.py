"""List payments."""

from dataclasses import replace

from invoicing.domain.invoice import Invoice
from invoicing.domain.payment import Payment
from invoicing.operations.changes import Ref
from invoicing.operations.listing import Listed, ListQuery
from invoicing.operations.work import Work


def list_payments(work: Work, query: ListQuery) -> Listed[Payment]:
    """One page; `InvalidRequest` as `Store.page_of` and `Store.page_among` say.

    A filter on ``invoice_id`` asks the invoice, which names its payments: one payment may pay several. Of an invoice
    that does not exist there are none.
    """
    of_invoice = next((item for item in query.conditions if item.field == "invoice_id"), None)
    if of_invoice is None:
        return work.store.page_of(Payment, work.account, query)
    invoice = work.store.find(Ref(Invoice, work.account, of_invoice.value))
    ids = [payment.payment_id for payment in invoice.payments] if invoice else []
    others = tuple(item for item in query.conditions if item is not of_invoice)
    return work.store.page_among(Payment, work.account, ids, replace(query, conditions=others))
