"""The first use of a file: what was uploaded is checked once, and what was checked is copied and never changes."""

from collections.abc import Sequence

from invoicing.domain.files.attaching import attachable, attachment_of, field_of, require_different, require_room
from invoicing.domain.files.attachment import Attachment
from invoicing.domain.files.file import File, not_uploaded, rejected, require_content
from invoicing.operations.unit_of_work.change_set import ChangeSet
from invoicing.operations.unit_of_work.ports import FileStore
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def attach_files(uow: UnitOfWork, file_ids: Sequence[str], files: FileStore) -> tuple[Attachment, ...]:
    """Return files as an invoice has them, each checked at its first use.

    `ValidationFailed` as `require_different`, `attachable` and `require_room`, ``FILE_NOT_UPLOADED``,
    ``FILE_REJECTED``, ``FILE_TYPE_MISMATCH``.
    """
    require_different(file_ids)
    uow.prefetch(*((File, file_id) for file_id in file_ids))
    found = [attachable(uow.find(File, file_id), file_id, index) for index, file_id in enumerate(file_ids)]
    size = sum(file.size for file in found if file.checked_at)
    require_room(size)
    ready = []
    for index, file in enumerate(found):
        checked = file if file.checked_at else _checked(uow, file, files, field_of(index))
        size += 0 if file.checked_at else checked.size
        require_room(size)
        ready.append(attachment_of(checked))
    return tuple(ready)


def _checked(uow: UnitOfWork, file: File, files: FileStore, field: str) -> File:
    """Check what was uploaded, and keep it."""
    return keep_checked(uow, file, uploaded_content(file, files, field), files)


def uploaded_content(file: File, files: FileStore, field: str) -> bytes:
    """Return what was uploaded, which is of the type that the file says.

    `ValidationFailed` ``FILE_NOT_UPLOADED``, ``FILE_REJECTED``, ``FILE_TYPE_MISMATCH``.
    """
    upload = files.fetch_upload(file.upload_name)
    if upload is None:
        raise not_uploaded(file, field)
    if upload.is_rejected:
        raise rejected(file, field)
    require_content(file, upload.content, field)
    return upload.content


def keep_checked(uow: UnitOfWork, file: File, content: bytes, files: FileStore) -> File:
    """Keep content that was checked, in a transaction of its own: that stands whatever becomes of the request.

    Later uploads with the same form change nothing any more.
    """
    checked = file.checked(content, uow.now)
    files.keep_file(str(checked.object_name), content, checked.content_type)
    found = ChangeSet()
    found.save(checked)
    uow.store.commit(found)
    return checked


def keep_for_good(uow: UnitOfWork, attachments: Sequence[Attachment]) -> None:
    """Keep the files of an invoice that is issued: from then on they cannot be deleted.

    `ValidationFailed` ``FILE_NOT_FOUND`` for one that was deleted since it was attached.
    """
    uow.prefetch(*((File, attachment.file_id) for attachment in attachments))
    for index, attachment in enumerate(attachments):
        file = attachable(uow.find(File, attachment.file_id), attachment.file_id, index)
        if not file.is_issued:
            uow.changes.save(file.issued())
