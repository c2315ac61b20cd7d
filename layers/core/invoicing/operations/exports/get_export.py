"""Read an export."""

from invoicing.domain.exports.export import Export
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def get_export(uow: UnitOfWork, export_id: str) -> Export:
    """Return the export with its progress; `NotFound` ``EXPORT_NOT_FOUND``."""
    return uow.get(Export, export_id)
