"""The canvas: pages with text and rules at fixed places, in points from the top of a page and its start, in sRGB.

The start is the left of a page, and the right of one that is read from right to left: layouts are written once.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from fpdf import FPDF

from invoicing_documents.bidi import is_right_to_left
from invoicing_documents.pdf.line_breaks import breakable, clusters
from invoicing_documents.pdf.properties import Properties, xmp
from invoicing_documents.pdf.runs import starts_right_to_left
from invoicing_documents.pdf.typesetter import Colour, Style, Typesetter

_LEFT_TO_RIGHT_MARK = "\N{LEFT-TO-RIGHT MARK}"
_RIGHT_TO_LEFT_MARK = "\N{RIGHT-TO-LEFT MARK}"
_SOFT_HYPHEN = "\N{SOFT HYPHEN}"


@dataclass(frozen=True, slots=True)
class _Text:
    """``x`` is the left end."""

    x: float
    baseline: float
    text: str
    style: Style


@dataclass(frozen=True, slots=True)
class _Box:
    """``x`` is the left end."""

    x: float
    top: float
    width: float
    height: float
    colour: Colour


class Canvas:
    """Collects drawings page by page, so that earlier pages can still change once the number of pages is known."""

    def __init__(self, width: float, height: float, properties: Properties) -> None:
        self.width = width
        self.height = height
        self._language = properties.language
        self._right_to_left = is_right_to_left(properties.language)
        self._pdf = _file(width, height, properties)
        self._typesetter = Typesetter(self._pdf, properties.language)
        self._pages: list[list[_Text | _Box]] = []

    @property
    def missing(self) -> set[str]:
        """The characters of all text so far that no font has."""
        return self._typesetter.missing

    @property
    def page_count(self) -> int:
        """The number of pages."""
        return len(self._pages)

    def add_page(self) -> None:
        """Start a new page for all further drawings."""
        self._pages.append([])

    def text(self, start: float, baseline: float, text: str, style: Style, *, page: int = -1) -> None:
        """Draw one line of text from ``start`` on."""
        x = self.width - start - self.measure(text, style) if self._right_to_left else start
        self._pages[page].append(_Text(x, baseline, text, style))

    def text_to(self, end: float, baseline: float, text: str, style: Style, *, page: int = -1) -> None:
        """Draw one line of text that ends at ``end``."""
        x = self.width - end if self._right_to_left else end - self.measure(text, style)
        self._pages[page].append(_Text(x, baseline, text, style))

    def box(self, start: float, top: float, width: float, height: float, colour: Colour, *, page: int = -1) -> None:
        """Fill a rectangle; a rule is a flat one."""
        self._pages[page].append(self._box(start, top, width, height, colour))

    def panel(self, start: float, top: float, width: float, height: float, colour: Colour) -> None:
        """Fill a rectangle behind the content of the page."""
        self._pages[-1].insert(0, self._box(start, top, width, height, colour))

    def number(self, start: float, end: float, baseline: float, text: str, style: Style) -> None:
        """Draw a number in a column of numbers, which is aligned to the right in all languages: units under units."""
        if self._right_to_left:
            self.text(start, baseline, text, style)
        else:
            self.text_to(end, baseline, text, style)

    def mark(self) -> int:
        """Return how much is drawn on this page."""
        return len(self._pages[-1])

    def undo(self, mark: int) -> None:
        """Take back what was drawn on this page since a mark."""
        del self._pages[-1][mark:]

    def measure(self, text: str, style: Style) -> float:
        """Width of one line of text, in points."""
        return self._typesetter.width(text, style)

    def wrap(self, text: str, style: Style, width: float) -> list[str]:
        """Break a text into lines of a column, inside a word only where it alone is too wide."""
        return [line for paragraph in text.split("\n") for line in self._lines(paragraph, style, width)]

    def write(self) -> bytes:
        """Write the pages as a PDF/A-3B file, once; equal drawings and properties give equal bytes."""
        for drawings in self._pages:
            self._pdf.add_page()
            self._typesetter.new_page()
            for drawing in drawings:
                if isinstance(drawing, _Text):
                    self._typesetter.draw(drawing.x, drawing.baseline, drawing.text, drawing.style)
                else:
                    self._typesetter.use_colour(drawing.colour)
                    self._pdf.rect(drawing.x, drawing.top, drawing.width, drawing.height, "F")
        return bytes(self._pdf.output())

    def _box(self, start: float, top: float, width: float, height: float, colour: Colour) -> _Box:
        return _Box(self.width - start - width if self._right_to_left else start, top, width, height, colour)

    def _lines(self, paragraph: str, style: Style, width: float) -> Iterator[str]:
        if self.measure(paragraph, style) <= width:
            yield paragraph
            return
        right_to_left, line, taken = starts_right_to_left(paragraph), "", 0.0
        for part in self._parts(paragraph, style, width):
            if line and taken + self.measure(_shown(part), style) > width:
                yield _directed(_shown(line), right_to_left)
                line, taken = "", 0.0
            line += part
            taken += self.measure(part, style)
        yield _directed(_shown(line), right_to_left)

    def _parts(self, paragraph: str, style: Style, width: float) -> Iterator[str]:
        """Return the parts of a paragraph that stay on one line, each narrow enough for a line of its own."""
        for part in breakable(paragraph, self._language):
            if self.measure(_shown(part), style) <= width:
                yield part
            else:
                yield from self._pieces(part, style, width)

    def _pieces(self, word: str, style: Style, width: float) -> Iterator[str]:
        """Cut a word that is too wide where the column is full; at least one character a line."""
        piece, taken = "", 0.0
        for cluster in clusters(word, self._language):
            advance = self.measure(cluster, style)
            if piece and taken + advance > width:
                yield piece
                piece, taken = "", 0.0
            piece += cluster
            taken += advance
        yield piece


def _file(width: float, height: float, properties: Properties) -> FPDF:
    pdf = FPDF(unit="pt", format=(width, height), enforce_compliance="PDF/A-3B")
    pdf.allow_images_transparency = False
    pdf.c_margin = 0
    pdf.set_auto_page_break(False)
    pdf.set_lang(properties.language)
    pdf.set_xmp_metadata(xmp(properties))
    pdf.set_creation_date(properties.created)
    return pdf


def _shown(line: str) -> str:
    """Return a line as it ends: without the space that it was broken at, with the hyphen of a soft one."""
    line = line.rstrip(" ")
    return line[:-1] + "-" if line.endswith(_SOFT_HYPHEN) else line


def _directed(line: str, right_to_left: bool) -> str:  # noqa: FBT001 - two kinds of lines
    """Return a line that has the direction of its paragraph, although it begins with other letters."""
    if starts_right_to_left(line) == right_to_left:
        return line
    return (_RIGHT_TO_LEFT_MARK if right_to_left else _LEFT_TO_RIGHT_MARK) + line
