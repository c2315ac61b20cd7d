"""List exports."""

from invoicing.domain.exports.export import Export
from invoicing.operations.lists.query import ListPage, ListQuery
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def list_exports(uow: UnitOfWork, query: ListQuery) -> ListPage[Export]:
    """Return one page; `InvalidRequest` as `Store.page_of`."""
    return uow.page_of(Export, query)
