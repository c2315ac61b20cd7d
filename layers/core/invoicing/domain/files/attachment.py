"""Attachments: checked files as an invoice has them."""

from typing import NamedTuple

MOST_FILES = 10
"""The most attachments of an invoice."""

MOST_ATTACHED = 5_000_000
"""The most bytes of all attachments of an invoice: 6,842,108 in an e-mail, which has at most 10,000,000 in all."""


class Attachment(NamedTuple):
    """A file of an invoice as it was checked; ``size`` in bytes, ``sha256`` in hex."""

    file_id: str
    filename: str
    content_type: str
    size: int
    sha256: str


def object_name(account: str, file_id: str, sha256: str) -> str:
    """Return where the checked content of a file is: other content of the same file is elsewhere."""
    return f"files/{account}/{file_id}/{sha256}"
