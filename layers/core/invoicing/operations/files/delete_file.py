"""Delete a file with its content."""

from invoicing.domain.files.file import File
from invoicing.operations.unit_of_work.change_set import ChangeSet
from invoicing.operations.unit_of_work.ports import FileStore
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def delete_file(uow: UnitOfWork, file_id: str, files: FileStore) -> None:
    """Delete the file, which nothing can use from the first step on.

    Where the process dies between the steps, the file is gone for all others, and a repeated request ends it.
    `NotFound` ``FILE_NOT_FOUND``; `Conflict` ``FILE_IN_USE`` for what an issued document has.
    """
    file = uow.get(File, file_id)
    if not file.is_going:
        file = file.going()
        announced = ChangeSet()
        announced.save(file)
        uow.store.commit(announced)
    files.remove(file.upload_name, file.folder)
    uow.changes.remove(file)
