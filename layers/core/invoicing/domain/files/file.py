"""Files: declared by a client, uploaded to storage directly, and checked when they are first used."""

import hashlib
from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Literal, NamedTuple

from invoicing.dataclass import dataclass
from invoicing.domain.errors import Conflict, Detail, ValidationFailed
from invoicing.domain.files.attachment import MOST_ATTACHED, object_name
from invoicing.domain.files.types import CSV, ENDINGS, JPEG, JSONL, PDF, PNG, TEXT, XLSX

UPLOAD_LIVES = timedelta(minutes=15)
"""How long a file can be uploaded after it was declared."""

UNUSED_KEPT = timedelta(days=7)
"""How long a file is kept that is never used."""


class Purpose(StrEnum):
    """What a file is for."""

    ATTACHMENT = "attachment"
    LOGO = "logo"
    IMPORT = "import"


class Allowed(NamedTuple):
    """The types that files of a purpose can have, and the most bytes."""

    types: tuple[str, ...]
    size: int


ALLOWED = {
    Purpose.ATTACHMENT: Allowed((PDF, PNG, JPEG, CSV, TEXT, XLSX), MOST_ATTACHED),
    Purpose.LOGO: Allowed((PNG, JPEG), 5_000_000),
    Purpose.IMPORT: Allowed((CSV, JSONL), 50_000_000),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file of an account.

    ``size`` is in bytes: the most that can be uploaded, and since the check what the file has. ``sha256`` in hex and
    ``checked_at`` are those of the first use, and None before. A file ``is_issued`` once an issued document has it: it
    is never deleted then. One that ``is_going`` is being deleted.
    """

    account: str
    id: str
    version: int = 1
    purpose: Purpose
    filename: str
    content_type: str
    size: int
    sha256: str | None = None
    is_issued: bool = False
    is_going: bool = False
    created_at: datetime
    checked_at: datetime | None = None

    @property
    def status(self) -> Literal["pending", "ready"]:
        """Whether the file was checked."""
        return "pending" if self.checked_at is None else "ready"

    @property
    def upload_name(self) -> str:
        """Where the file is uploaded to; the same form can replace it until it expires."""
        return f"uploads/{self.account}/{self.id}"

    @property
    def object_name(self) -> str | None:
        """Where the content is that was checked, which is written once; None before."""
        return None if self.sha256 is None else object_name(self.account, self.id, self.sha256)

    @property
    def folder(self) -> str:
        """What the names of all content begin with that was checked, also where the process died over it."""
        return object_name(self.account, self.id, "")

    def checked(self, content: bytes, now: datetime) -> "File":
        """Return the file with what was found of its content, which passed the check."""
        return replace(
            self,
            version=self.version + 1,
            size=len(content),
            sha256=hashlib.sha256(content).hexdigest(),
            checked_at=now,
        )

    def issued(self) -> "File":
        """Return the file as an issued document has it."""
        return replace(self, version=self.version + 1, is_issued=True)

    def going(self) -> "File":
        """Return the file while it is deleted; `Conflict` ``FILE_IN_USE`` when an issued document has it."""
        if self.is_issued:
            message = "The file is attached to an issued invoice, and is kept with it."
            raise Conflict("FILE_IN_USE", message)
        return replace(self, version=self.version + 1, is_going=True)


def declared_file(
    account: str, file_id: str, *, purpose: Purpose, filename: str, content_type: str, size: int, now: datetime
) -> File:
    """Return a new file; `ValidationFailed` for a type or size that files of its purpose do not have."""
    from invoicing.domain.files.names import safe_name  # noqa: PLC0415

    allowed = ALLOWED[purpose]
    if content_type not in allowed.types:
        message = f"content_type must be one of {', '.join(allowed.types)}, as the purpose is {purpose}."
        raise ValidationFailed(Detail("content_type", message, "FILE_TYPE_UNSUPPORTED", content_type))
    if size > allowed.size:
        message = f"size must be at most {allowed.size:,} bytes, as the purpose is {purpose}."
        raise ValidationFailed(Detail("size", message, "FILE_TOO_LARGE", size))
    return File(
        account=account,
        id=file_id,
        purpose=purpose,
        filename=safe_name(filename, ENDINGS[content_type]),
        content_type=content_type,
        size=size,
        created_at=now,
    )


def require_file(file: File | None, file_id: str, purpose: Purpose, *, field: str, advice: str) -> File:
    """Return a file of a purpose that a request names in a field; ``advice`` says what helps where there is none.

    `ValidationFailed` ``FILE_NOT_FOUND``, ``FILE_PURPOSE_INVALID``.
    """
    if file is None or file.is_going:
        raise ValidationFailed(Detail(field, f"There is no file {file_id}: {advice}", "FILE_NOT_FOUND", file_id))
    if file.purpose is not purpose:
        message = f"{file_id} has the purpose {file.purpose}; create a file with the purpose {purpose}."
        raise ValidationFailed(Detail(field, message, "FILE_PURPOSE_INVALID", file_id))
    return file


def not_uploaded(file: File, field: str) -> ValidationFailed:
    """Return the error of a file of which there is no content."""
    message = f"Nothing was uploaded for {file.id}, or it expired; upload it with the form of POST /files."
    return ValidationFailed(Detail(field, message, "FILE_NOT_UPLOADED", file.id))


def rejected(file: File, field: str) -> ValidationFailed:
    """Return the error of a file in which the scan of uploads found something."""
    message = f"{file.id} ({file.filename}) was rejected by the scan of uploads."
    return ValidationFailed(Detail(field, message, "FILE_REJECTED", file.id))


def require_content(file: File, content: bytes, field: str) -> None:
    """Raise `ValidationFailed` ``FILE_TYPE_MISMATCH`` unless the content is what was declared."""
    from invoicing.domain.files.checking import mismatch  # noqa: PLC0415

    wrong = mismatch(content, file.content_type)
    if len(content) > file.size:
        wrong = f"it has {len(content):,} bytes instead of at most {file.size:,}"
    if wrong:
        message = f"{file.id} ({file.filename}) is not the {file.content_type} that was declared: {wrong}."
        if file.purpose is Purpose.LOGO:
            message += " Give a PNG or JPEG."
        raise ValidationFailed(Detail(field, message, "FILE_TYPE_MISMATCH", file.id))
