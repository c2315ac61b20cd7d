"""List invoices."""

from invoicing.domain.invoice import Invoice
from invoicing.operations.listing import Listed, ListQuery
from invoicing.operations.work import Work


def list_invoices(work: Work, query: ListQuery) -> Listed[Invoice]:
    """One page; `InvalidRequest` as `Store.page_of` says."""
    return work.store.page_of(Invoice, work.account, query)
