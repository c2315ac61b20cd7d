"""Measures and draws lines of text with fpdf2, each in the faces that it needs.

Only public calls of fpdf2 are used. ``text()`` draws a run of one face as it is; ``cell()`` shapes a line, puts it in
its visual order and chooses a face for each part, which takes many times as long.
"""

import logging
from functools import cache
from importlib.resources import files
from pathlib import Path

import uharfbuzz as hb
from fpdf import FPDF
from fpdf.enums import TextDirection

from invoicing.dataclass import dataclass
from invoicing_documents.bidi import parts_of_line
from invoicing_documents.pdf.runs import BOLD, REGULAR, Line, Run, line_of

# It would warn of the controls of direction, which no font has and none needs; what is missing is known before.
logging.getLogger("fpdf.output").setLevel(logging.ERROR)

FONTS = Path(str(files("invoicing_fonts")))

Colour = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Style:
    """A text style: ``size`` in points, ``weight`` one of `REGULAR` and `BOLD`."""

    size: float
    colour: Colour
    weight: str = REGULAR

    @property
    def leading(self) -> float:
        """Distance between the baselines of two lines, in points."""
        return self.size * 1.38


class Typesetter:
    """The text of one document in ``pdf``; ``missing`` collects the characters that no face has."""

    def __init__(self, pdf: FPDF, language: str) -> None:
        self.missing: set[str] = set()
        self._pdf = pdf
        self._language = language
        self._shaped: dict[tuple[str, str], float] = {}
        self._selected: tuple[str, str, float] | None = None
        self._colour: Colour | None = None

    def width(self, text: str, style: Style) -> float:
        """Return the width of a line, in points."""
        return sum(self._width(part, style) for part in parts_of_line(text))

    def draw(self, x: float, baseline: float, text: str, style: Style) -> None:
        """Draw a line from its left end on."""
        for part in parts_of_line(text):
            self._draw(x, baseline, part, style)
            x += self._width(part, style)

    def _width(self, text: str, style: Style) -> float:
        line = self._line(text, style)
        if not line.shaped:
            return sum(map(_width, line.runs)) * style.size / 1000
        key = line.shaped, style.weight
        if key not in self._shaped:
            self._select_all(line, 1000)
            self._shaped[key] = self._pdf.get_string_width(line.shaped)
            self._pdf.set_text_shaping(use_shaping_engine=False)
        return self._shaped[key] * style.size / 1000

    def _draw(self, x: float, baseline: float, text: str, style: Style) -> None:
        line = self._line(text, style)
        self.use_colour(style.colour)
        if line.shaped:
            width = self._width(text, style)
            self._select_all(line, style.size)
            # fpdf2 puts the baseline of a cell without height at three tenths of the font size.
            self._pdf.set_xy(x, baseline - 0.3 * style.size)
            self._pdf.cell(w=width, h=0, text=line.shaped)
            self._pdf.set_text_shaping(use_shaping_engine=False)
            return
        for run in line.runs:
            self._select(run.face, run.weight, style.size)
            self._pdf.text(x, baseline, run.text)
            x += _width(run) * style.size / 1000

    def use_colour(self, colour: Colour) -> None:
        """Use a colour for what is drawn next; text of the colour of areas needs no colour of its own."""
        if colour != self._colour:
            self._colour = colour
            self._pdf.set_fill_color(*colour)
            self._pdf.set_text_color(*colour)

    def new_page(self) -> None:
        """Begin a page, which knows neither font nor colour."""
        self._selected = self._colour = None

    def _line(self, text: str, style: Style) -> Line:
        line = line_of(text, style.weight, self._language)
        self.missing |= line.missing
        return line

    def _select(self, face: str, weight: str, size: float) -> None:
        if (selected := (face, weight, size)) != self._selected:
            self._selected = selected
            self._add(face, weight)
            self._pdf.set_font(face, weight, size)

    def _select_all(self, line: Line, size: float) -> None:
        """Make ready for a shaped line: the face of its first run, and the others for what that one lacks."""
        lead, *others = line.runs
        for run in others:
            self._add(run.face, run.weight)
        self._select(lead.face, lead.weight, size)
        self._pdf.set_fallback_fonts([*dict.fromkeys(run.face for run in others)], exact_match=False)
        direction = TextDirection.RTL if line.right_to_left else TextDirection.LTR
        self._pdf.set_text_shaping(use_shaping_engine=True, direction=direction)

    def _add(self, face: str, weight: str) -> None:
        """Add a face to the file, if it is not there yet: each that is added is written into it."""
        key = face + weight
        if key not in self._pdf.fonts:
            self._pdf.add_font(face, weight, font_file(face, weight))
            # The sizes of all glyphs would be read again, to find the box that encloses those that are left.
            self._pdf.fonts[key].ttfont.recalcBBoxes = False  # type: ignore[union-attr]


def font_file(face: str, weight: str) -> Path:
    """Return the font of a face in a weight."""
    return FONTS / f"{face}-{'bold' if weight == BOLD else 'regular'}.ttf"


def _width(run: Run) -> float:
    """Return the width of a run in thousandths of the font size."""
    return sum(map(_advances(run.face, run.weight).__getitem__, run.text))


class _Advances(dict[str, int]):
    """The widths of a font's characters as fpdf2 rounds them, each read when it is first needed.

    Not from the document's own fonts: the order in which these are added would depend on what is known already.
    """

    def __init__(self, font: Path) -> None:
        self._font = hb.Font(hb.Face(hb.Blob.from_file_path(str(font))))

    def __missing__(self, character: str) -> int:
        glyph = self._font.get_nominal_glyph(ord(character)) or 0
        width: int = round(self._font.get_glyph_h_advance(glyph) * 1000 / self._font.face.upem + 0.001)
        self[character] = width
        return width


@cache
def _advances(face: str, weight: str) -> _Advances:
    return _Advances(font_file(face, weight))
