"""List customers."""

from invoicing.domain.parties.customer import Customer
from invoicing.operations.lists.query import ListPage, ListQuery
from invoicing.operations.lists.searchable import with_searchable
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def list_customers(uow: UnitOfWork, query: ListQuery) -> ListPage[Customer]:
    """Return one page of customers; `InvalidRequest` as `Store.page_of`."""
    return uow.page_of(Customer, with_searchable(uow, query))
