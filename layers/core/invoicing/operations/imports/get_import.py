"""Read an import."""

from invoicing.domain.imports.data_import import Import
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def get_import(uow: UnitOfWork, import_id: str) -> Import:
    """Return the import with its progress; `NotFound` ``IMPORT_NOT_FOUND``."""
    return uow.get(Import, import_id)
