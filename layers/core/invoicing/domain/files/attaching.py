"""What can be attached to an invoice."""

from collections.abc import Sequence

from invoicing.domain.errors import Detail, ValidationFailed
from invoicing.domain.files.attachment import MOST_ATTACHED, Attachment
from invoicing.domain.files.file import File, Purpose, require_file


def attachment_of(file: File) -> Attachment:
    """Return a checked file as an attachment; `ValueError` for one that was not checked."""
    if file.sha256 is None:
        raise ValueError(file.id)
    return Attachment(file.id, file.filename, file.content_type, file.size, file.sha256)


def attachable(file: File | None, file_id: str, index: int) -> File:
    """Return a file that invoices can have; `ValidationFailed` ``FILE_NOT_FOUND``, ``FILE_PURPOSE_INVALID``."""
    advice = "upload it, and name it in attachments, or leave it out."
    return require_file(file, file_id, Purpose.ATTACHMENT, field=field_of(index), advice=advice)


def require_different(file_ids: Sequence[str]) -> None:
    """Raise `ValidationFailed` ``FILE_REPEATED`` when a file is named twice."""
    for index, file_id in enumerate(file_ids):
        if file_id in file_ids[:index]:
            raise ValidationFailed(Detail(field_of(index), f"{file_id} is named twice.", "FILE_REPEATED", file_id))


def require_room(size: int) -> None:
    """Raise `ValidationFailed` ``ATTACHMENTS_TOO_LARGE`` when attachments have too many bytes in all."""
    if size > MOST_ATTACHED:
        message = f"attachments must have at most {MOST_ATTACHED:,} bytes in all."
        raise ValidationFailed(Detail("attachments", message, "ATTACHMENTS_TOO_LARGE"))


def field_of(index: int) -> str:
    """Return the path of an attachment in a request."""
    return f"attachments[{index}]"
