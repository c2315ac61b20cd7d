"""Reads back what a PDF draws: every piece of text with its place, font and size."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.generic import ContentStream

_ENTRY = re.compile(r"<(\w{4})> <(\w+)>")
_DIRECTION = dict.fromkeys(map(ord, "\u200e\u200f\u2066\u2067\u2068\u2069"))


@dataclass(frozen=True, slots=True)
class Piece:
    """Text drawn in one go, from its left end on the baseline, in points; ``width`` is what the font says."""

    x: float
    y: float
    width: float
    font: str
    size: float
    text: str


def pieces_of(document: bytes) -> list[list[Piece]]:
    """The pieces of each page, in the order in which they are drawn."""
    reader = PdfReader(io.BytesIO(document))
    return [list(_pieces(page, reader)) for page in reader.pages]


def visual_line(document: bytes) -> str:
    """The text of a page that has one line, from left to right, without spaces at its ends and marks of direction."""
    ((*pieces,),) = pieces_of(document)
    return "".join(piece.text for piece in sorted(pieces, key=lambda piece: piece.x)).translate(_DIRECTION).strip()


def fonts_of(document: bytes) -> set[str]:
    """The names of the fonts of a document, without the tags of their subsets."""
    return {piece.font for page in pieces_of(document) for piece in page}


class _Font:
    def __init__(self, font: Any) -> None:
        descendant = font["/DescendantFonts"][0].get_object()
        self.name = str(font["/BaseFont"]).partition("+")[2]
        entries = _ENTRY.findall(font["/ToUnicode"].get_data().decode())
        self.text = {int(code, 16): bytes.fromhex(text).decode("utf-16-be") for code, text in entries}
        self.default = float(descendant.get("/DW", 1000))
        self.widths = dict(_widths(descendant["/W"]))

    def read(self, data: bytes, size: float) -> tuple[str, float]:
        codes = [int.from_bytes(data[index : index + 2]) for index in range(0, len(data), 2)]
        width = sum(self.widths.get(code, self.default) for code in codes) * size / 1000
        return "".join(self.text.get(code, "") for code in codes), width


def _widths(entries: Any) -> Iterator[tuple[int, float]]:
    """Read the widths of glyphs (ISO 32000-1, 9.7.4.3): ``first [widths]`` or ``first last width``."""
    values = list(entries)
    while values:
        first, second = int(values.pop(0)), values.pop(0)
        if isinstance(second, list):
            yield from ((first + index, float(width)) for index, width in enumerate(second))
        else:
            width = float(values.pop(0))
            yield from ((code, width) for code in range(first, int(second) + 1))


def _pieces(page: PageObject, reader: PdfReader) -> Iterator[Piece]:
    resources: Any = page["/Resources"]
    fonts = {name: _Font(font.get_object()) for name, font in resources["/Font"].items()}
    contents = page.get_contents()
    font, size, x, y = "", 0.0, 0.0, 0.0
    for operands, operator in ContentStream(contents, reader).operations:
        if operator == b"Tf":
            font, size = operands[0], float(operands[1])
        elif operator in (b"Td", b"Tm"):
            x, y = float(operands[-2]), float(operands[-1])
        elif operator == b"Tj":
            raw = operands[0].original_bytes
            text, width = fonts[font].read(raw, size)
            yield Piece(x, y, width, fonts[font].name, size, text)
            x += width
