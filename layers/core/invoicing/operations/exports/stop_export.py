"""Stop an export."""

from invoicing.domain.errors import Conflict
from invoicing.domain.exports.export import UNDER_WAY, Export, ExportRun, ExportStatus, run_ids
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def stop_export(uow: UnitOfWork, export_id: str) -> Export:
    """End the export without a file; who is at work at it finds its next write refused. Nothing changes a second time.

    `NotFound`; `Conflict` ``EXPORT_ENDED``.
    """
    uow.prefetch((Export, export_id), *((ExportRun, each) for each in run_ids()))
    found = uow.get(Export, export_id)
    if found.status is ExportStatus.STOPPED:
        return found
    if found.status not in UNDER_WAY:
        raise Conflict("EXPORT_ENDED", f"The export has ended with the status {found.status}; it cannot be stopped.")
    stopped = found.stopped(uow.now)
    uow.changes.save(stopped)
    for run in filter(None, (uow.find(ExportRun, each) for each in run_ids())):
        if run.export_id == export_id:
            uow.changes.remove(run)
    return stopped
