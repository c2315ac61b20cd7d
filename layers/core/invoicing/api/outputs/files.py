"""Files in responses."""

from datetime import datetime, timedelta
from typing import TypedDict

from invoicing.api.envelope import timestamp
from invoicing.domain.files.file import File
from invoicing.operations.files.create_file import DeclaredFile
from invoicing.operations.unit_of_work.ports import FileStore

DOWNLOAD_LIVES = timedelta(minutes=5)


class FileContentOutput(TypedDict):
    """What a file is; ``sha256`` in hex, and ``checked_at``, once it was checked."""

    id: str
    purpose: str
    status: str
    filename: str
    content_type: str
    size: int
    sha256: str | None
    created_at: str
    checked_at: str | None


class UploadOutput(TypedDict):
    """A form that uploads the file until ``expires_at``: a POST of ``fields`` and, last, the file, to ``url``."""

    url: str
    fields: dict[str, str]
    expires_at: str


class DownloadOutput(TypedDict):
    """A link that saves the file, without a key until ``expires_at``."""

    url: str
    expires_at: str


class DeclaredFileOutput(FileContentOutput):
    """A file that is to be uploaded."""

    upload: UploadOutput


class FileOutput(FileContentOutput):
    """A file; ``download`` is null until it was checked."""

    download: DownloadOutput | None


def declared_file_output(declared: DeclaredFile) -> DeclaredFileOutput:
    """Write a new file with its form."""
    upload = UploadOutput(
        url=declared.form.url, fields=dict(declared.form.fields), expires_at=timestamp(declared.expires_at)
    )
    return DeclaredFileOutput(**_content(declared.file), upload=upload)


def file_output(file: File, files: FileStore, now: datetime) -> FileOutput:
    """Write a file with a link to it."""
    download = None
    if name := file.object_name:
        seconds = int(DOWNLOAD_LIVES.total_seconds())
        url = files.link_to_file(name, file.filename, file.content_type, seconds)
        download = DownloadOutput(url=url, expires_at=timestamp(now + DOWNLOAD_LIVES))
    return FileOutput(**_content(file), download=download)


def file_links(file: File) -> dict[str, str | None]:
    """Return the paths of what belongs to a file."""
    return {"self": f"/files/{file.id}"}


def _content(file: File) -> FileContentOutput:
    return FileContentOutput(
        id=file.id,
        purpose=str(file.purpose),
        status=file.status,
        filename=file.filename,
        content_type=file.content_type,
        size=file.size,
        sha256=file.sha256,
        created_at=timestamp(file.created_at),
        checked_at=timestamp(file.checked_at) if file.checked_at else None,
    )
