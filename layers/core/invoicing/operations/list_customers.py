"""List customers."""

from invoicing.domain.party import Customer
from invoicing.operations.listing import Listed, ListQuery
from invoicing.operations.work import Work


def list_customers(work: Work, query: ListQuery) -> Listed[Customer]:
    """One page; `InvalidRequest` as `Store.page_of` says."""
    return work.store.page_of(Customer, work.account, query)
