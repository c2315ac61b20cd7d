"""Stop an import."""

from invoicing.domain.errors import Conflict
from invoicing.domain.imports.data_import import UNDER_WAY, Import, ImportStatus
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def stop_import(uow: UnitOfWork, import_id: str) -> Import:
    """Let the import end where it is; what was imported stays. Nothing changes where it is being stopped already.

    `NotFound`; `Conflict` ``IMPORT_ENDED``.
    """
    found = uow.get(Import, import_id)
    if found.status not in UNDER_WAY:
        raise Conflict("IMPORT_ENDED", f"The import has ended with the status {found.status}; it cannot be stopped.")
    if found.status is ImportStatus.STOPPING:
        return found
    stopping = found.stopping(uow.now)
    uow.changes.save(stopping)
    return stopping
