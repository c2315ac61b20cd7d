"""Which face each character of a line is drawn in, and which lines have to be shaped."""

import unicodedata
from collections.abc import Callable
from functools import lru_cache
from itertools import groupby

from invoicing.dataclass import dataclass
from invoicing.domain.fonts import Face, faces, is_invisible
from invoicing_documents.bidi import isolate_numbers, starts_right_to_left

REGULAR = ""
BOLD = "B"
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

# Han characters look different in each of their countries: the document's language says which come first.
_HAN = {
    "ja": ("japanese", "traditional-chinese", "simplified-chinese", "korean"),
    "ko": ("korean", "traditional-chinese", "japanese", "simplified-chinese"),
    "zh-Hant": ("traditional-chinese", "japanese", "simplified-chinese", "korean"),
    "": ("simplified-chinese", "traditional-chinese", "japanese", "korean"),
}

# Of the characters that show nothing, those that shaping and direction need.
_SHAPING = frozenset("\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass(frozen=True, slots=True)
class Run:
    """Text in one face; ``weight`` is fpdf2's style, `REGULAR` or `BOLD`, which may be lighter than was asked for."""

    face: str
    weight: str
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line that can be drawn. A shaped one is drawn as a whole: its first run has the face that its script needs.

    ``missing`` are the characters that no face has; `REPLACEMENT` is drawn for each.
    """

    runs: tuple[Run, ...]
    shaped: str = ""
    right_to_left: bool = False
    missing: frozenset[str] = frozenset()


@lru_cache(maxsize=4096)
def line_of(text: str, weight: str, language: str) -> Line:
    """Return a line of text as it is drawn in a document of a language (BCP 47)."""
    if text.isascii():
        return Line((Run("latin", weight, text),))
    characters = [each for each in unicodedata.normalize("NFC", text) if each in _SHAPING or not is_invisible(each)]
    missing = frozenset(each for each in characters if each not in _SHAPING and _face(each, weight, language) is None)
    text = "".join(REPLACEMENT if each in missing else each for each in characters)
    plain = "".join(each for each in text if each not in _SHAPING)
    runs = tuple(Run(face, weight, "".join(group)) for (face, weight), group in groupby(plain, _key(weight, language)))
    if not _is_shaped(plain, runs):
        return Line(runs, missing=missing)
    turned = any(unicodedata.bidirectional(each) in ("R", "AL") for each in plain)
    shaped = isolate_numbers(text) if turned else text
    return Line(_led_by_script(runs, weight, language), shaped, starts_right_to_left(text), missing)


def _key(weight: str, language: str) -> Callable[[str], tuple[str, str]]:
    return lambda character: _face(character, weight, language) or ("latin", weight)


def _is_shaped(plain: str, runs: tuple[Run, ...]) -> bool:
    return not _shaped_faces().isdisjoint(run.face for run in runs) or any(map(unicodedata.combining, plain))


def _shaped_faces() -> set[str]:
    return {face.name for face in faces() if face.shaped}


def _led_by_script(runs: tuple[Run, ...], weight: str, language: str) -> tuple[Run, ...]:
    """Put the first run that needs shaping first, the others in the order of faces.

    Spaces and marks of direction are of its face, so it has to have a space; that of emoji is as wide as they are.
    """
    places = {face.name: index for index, face in enumerate(_ordered(_han_of(language)))}
    leads = _shaped_faces() - {"emoji"}
    lead = next((run for run in runs if run.face in leads), Run("latin", weight, ""))
    return (lead, *sorted((run for run in runs if run is not lead), key=lambda run: places[run.face]))


@lru_cache(maxsize=16384)
def _face(character: str, weight: str, language: str) -> tuple[str, str] | None:
    """Return the name and weight of the face that a character is drawn in."""
    code = ord(character)
    for face in _ordered(_han_of(language)):
        if code in face.regular:
            return face.name, weight if weight == REGULAR or code in face.bold else REGULAR
    return None


def _han_of(language: str) -> tuple[str, ...]:
    return _HAN.get(language) or _HAN.get(language.partition("-")[0]) or _HAN[""]


@lru_cache
def _ordered(han: tuple[str, ...]) -> tuple[Face, ...]:
    """Return all faces, those of Han characters in this order; each has a second one of rare characters."""
    places = {name: index for index, name in enumerate(each + kind for each in han for kind in ("", "-rare"))}
    sorted_han = iter(sorted((face for face in faces() if face.name in places), key=lambda face: places[face.name]))
    return tuple(next(sorted_han) if face.name in places else face for face in faces())
