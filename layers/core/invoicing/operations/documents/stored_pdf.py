"""Documents as PDF: what is kept of each, and how one is made once."""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass

from invoicing.operations.unit_of_work.ports import ObjectStore

_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredPdf:
    """A PDF that is kept under ``name`` in the document store; ``sha256`` in hex."""

    name: str
    file_name: str
    content: bytes
    sha256: str


def stored_pdf(name: str, content: bytes, number: str) -> StoredPdf:
    """What is kept, to be saved by people under the document's number."""
    return StoredPdf(
        name=name, file_name=safe_file_name(number), content=content, sha256=hashlib.sha256(content).hexdigest()
    )


def safe_file_name(number: str) -> str:
    """The name of a file that no system refuses."""
    return _UNSAFE.sub("-", number) + ".pdf"


def made_once(documents: ObjectStore, name: str, number: str, render: Callable[[], bytes]) -> StoredPdf:
    """The PDF of this name: made by whoever asks first, and the same bytes ever after."""
    content = documents.fetch(name)
    if content is None:
        content = documents.keep(name, render())
    return stored_pdf(name, content, number)
