"""Stored PDFs: each is rendered once."""

import hashlib
import re
from collections.abc import Callable

from invoicing.dataclass import dataclass
from invoicing.operations.unit_of_work.ports import ObjectStore

_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredPdf:
    """A PDF stored under ``name``; ``sha256`` in hex."""

    name: str
    file_name: str
    content: bytes
    sha256: str


def stored_pdf(name: str, content: bytes, number: str) -> StoredPdf:
    """Describe a stored PDF, with a file name from the document's number."""
    return StoredPdf(
        name=name, file_name=safe_file_name(number), content=content, sha256=hashlib.sha256(content).hexdigest()
    )


def safe_file_name(number: str) -> str:
    """Return a file name that every operating system accepts."""
    return _UNSAFE.sub("-", number) + ".pdf"


def made_once(documents: ObjectStore, name: str, number: str, render: Callable[[], bytes]) -> StoredPdf:
    """Return the PDF of this name, rendered at the first request and the same bytes for every later one."""
    content = documents.fetch(name)
    if content is None:
        content = documents.keep(name, render())
    return stored_pdf(name, content, number)


class FetchedOnce:
    """A store of documents of which each is fetched or kept at most once."""

    def __init__(self, documents: ObjectStore) -> None:
        self._documents = documents
        self._known: dict[str, bytes] = {}

    def fetch(self, name: str) -> bytes | None:
        """Return a document as `ObjectStore.fetch` does."""
        if name not in self._known and (content := self._documents.fetch(name)) is not None:
            self._known[name] = content
        return self._known.get(name)

    def keep(self, name: str, content: bytes) -> bytes:
        """Store a document as `ObjectStore.keep` does."""
        self._known[name] = self._documents.keep(name, content)
        return self._known[name]

    def link(self, name: str, file_name: str, seconds: int) -> str:
        """Return the URL of a document as `ObjectStore.link` does."""
        return self._documents.link(name, file_name, seconds)
