"""Declare a file that is to be uploaded."""

from datetime import datetime

from invoicing.dataclass import dataclass
from invoicing.domain.files.file import UPLOAD_LIVES, File, Purpose, declared_file
from invoicing.operations.unit_of_work.ports import FileStore, UploadForm
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class NewFile:
    """A file as the client declares it; ``size`` is the most bytes that it has."""

    purpose: Purpose
    filename: str
    content_type: str
    size: int


@dataclass(frozen=True, slots=True)
class DeclaredFile:
    """A file with the form that uploads it until ``expires_at``."""

    file: File
    form: UploadForm
    expires_at: datetime


def create_file(uow: UnitOfWork, new: NewFile, files: FileStore) -> DeclaredFile:
    """Store the file and make its form; `ValidationFailed` for a type or size that its purpose does not have."""
    file = declared_file(
        uow.account,
        uow.new_id("file"),
        purpose=new.purpose,
        filename=new.filename,
        content_type=new.content_type,
        size=new.size,
        now=uow.now,
    )
    uow.changes.save(file)
    form = files.upload_form(file.upload_name, file.content_type, file.size, int(UPLOAD_LIVES.total_seconds()))
    return DeclaredFile(file, form, uow.real_now + UPLOAD_LIVES)
