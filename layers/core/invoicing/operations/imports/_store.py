"""The store of objects as imports need it; `objects` implements it."""

from collections.abc import Iterable
from typing import Protocol

from invoicing.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class UploadSize:
    """The size in bytes of what was uploaded; ``is_rejected`` as in `Upload`."""

    size: int
    is_rejected: bool = False


class ImportStore(Protocol):
    """Stores the files of imports, and what came of them."""

    def copy_upload(self, name: str, to: str) -> UploadSize | None:
        """Copy what was uploaded last, whatever is uploaded later, or None when nothing was."""

    def keep_file(self, name: str, content: bytes, content_type: str) -> bytes:
        """Store content unless there is some of that name; return the stored one."""

    def fetch(self, name: str) -> bytes | None:
        """Return all bytes of an object, or None when there is none of that name."""

    def fetch_range(self, name: str, offset: int, length: int) -> bytes:
        """Return bytes of an object from an offset on, fewer at its end."""

    def replace(self, name: str, content: bytes) -> None:
        """Store content in place of any of that name."""

    def join(self, name: str, parts: Iterable[bytes]) -> None:
        """Store an object made of parts one after the other, in place of any of that name."""

    def link_to_file(self, name: str, file_name: str, content_type: str, seconds: int) -> str:
        """Return a URL that saves a file under a name, without a key for that many seconds."""
