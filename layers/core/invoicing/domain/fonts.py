"""Which characters the fonts of documents have (docs/reference/invoices.md#characters).

``fonts.json`` says it of the fonts in the repository; a build that makes further ones replaces it.
"""

import json
import unicodedata
from bisect import bisect_right
from functools import cache, cached_property
from pathlib import Path

from invoicing.dataclass import dataclass

FILE = Path(__file__).with_name("fonts.json")


class CodePoints:
    """A set of Unicode code points, written as ranges of hexadecimal numbers: ``41-5a 61``.

    They are read when something is looked for: most texts need those of one face.
    """

    def __init__(self, ranges: str) -> None:
        self._ranges = ranges

    def __contains__(self, code: int) -> bool:
        starts, ends = self._spans
        index = bisect_right(starts, code) - 1
        return index >= 0 and code <= ends[index]

    @cached_property
    def _spans(self) -> tuple[list[int], list[int]]:
        spans = [span.partition("-") for span in self._ranges.split()]
        return [int(first, 16) for first, _, _ in spans], [int(last or first, 16) for first, _, last in spans]


@dataclass(frozen=True, slots=True)
class Face:
    """A font of one script in two weights; where ``bold`` lacks a character the regular one is shown.

    The letters of a ``shaped`` face change with their neighbours, or read from right to left.
    """

    name: str
    shaped: bool
    regular: CodePoints
    bold: CodePoints


@cache
def faces() -> tuple[Face, ...]:
    """Return the faces that there are, in the order in which a character is looked for."""
    return tuple(
        Face(face["name"], face["shaped"], CodePoints(face["regular"]), CodePoints(face["bold"]))
        for face in json.loads(FILE.read_text(encoding="ascii"))
    )


def undrawable(text: str) -> str:
    """Return the characters of a text that no font has, each once, in their order in the text."""
    if text.isascii():
        return ""
    composed = unicodedata.normalize("NFC", text)
    return "".join(dict.fromkeys(each for each in composed if not (is_drawable(each) or is_invisible(each))))


def is_drawable(character: str) -> bool:
    """Whether any font has a character."""
    code = ord(character)
    return any(code in face.regular for face in faces())


def is_invisible(character: str) -> bool:
    """Whether a character only controls, joins or varies its neighbours, so that no font needs it."""
    return unicodedata.category(character) in ("Cc", "Cf") or "\ufe00" <= character <= "\ufe0f"
