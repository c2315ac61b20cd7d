"""The logo of an account: an image of its own making, drawn on documents, the page and in e-mails."""

from typing import Literal, NamedTuple

from invoicing.dataclass import dataclass
from invoicing.domain.files.types import ENDINGS

MOST_PIXELS = 25_000_000
"""The most pixels of an image that is decoded."""

WIDEST, HIGHEST = 1417, 590
"""The pixels of a box of 60 by 25 mm at 600 dpi: what is larger is scaled down."""

MOST_BYTES = 100_000
"""The most bytes of a logo as it is kept: e-mails carry it."""


class Image(NamedTuple):
    """An image in sRGB as it is kept; ``width`` and ``height`` in pixels."""

    content: bytes
    content_type: str
    width: int
    height: int


class UnusableImage(Exception):
    """An image that cannot be a logo: ``reason`` is the end of a sentence, ``code`` that of the error."""

    def __init__(self, code: Literal["FILE_TYPE_MISMATCH", "IMAGE_TOO_LARGE"], reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Logo:
    """A logo as it is kept: ``file_id`` is the file that it was made from, ``sha256`` of the image, in hex.

    Issued documents have it, so that the image is never removed.
    """

    file_id: str
    sha256: str
    content_type: str
    width: int
    height: int

    def object_name(self, account: str) -> str:
        """Return where the image is: another image is elsewhere."""
        return f"logos/{account}/{self.sha256}{ENDINGS[self.content_type][0]}"
