"""List imports."""

from invoicing.domain.imports.data_import import Import
from invoicing.operations.lists.query import ListPage, ListQuery
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def list_imports(uow: UnitOfWork, query: ListQuery) -> ListPage[Import]:
    """Return one page; `InvalidRequest` as `Store.page_of`."""
    return uow.page_of(Import, query)
