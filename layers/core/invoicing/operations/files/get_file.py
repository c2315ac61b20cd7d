"""Read a file."""

from invoicing.domain.errors import not_found
from invoicing.domain.files.file import File
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def get_file(uow: UnitOfWork, file_id: str) -> File:
    """Return the file; `NotFound` ``FILE_NOT_FOUND``, also while it is being deleted."""
    file = uow.get(File, file_id)
    if file.is_going:
        raise not_found(File.__name__, file_id)
    return file
