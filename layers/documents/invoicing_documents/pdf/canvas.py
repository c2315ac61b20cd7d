"""The canvas: pages with text and rules at fixed places, in points from the top of a page and its start, in sRGB.

The start is the left of a page, and the right of one that is read from right to left: layouts are written once.
"""

import io
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from itertools import groupby

from fpdf import FPDF, ViewerPreferences

from invoicing.domain.parties.logo import Image
from invoicing_documents.bidi import is_right_to_left, starts_right_to_left
from invoicing_documents.payment_code import Modules, dark_runs
from invoicing_documents.pdf import theme
from invoicing_documents.pdf.drawings import Box, Drawing, Figure, Link, Text, swiss_cross
from invoicing_documents.pdf.line_breaks import breakable, clusters, is_number
from invoicing_documents.pdf.properties import Properties, xmp
from invoicing_documents.pdf.typesetter import Colour, Style, Typesetter

_LEFT_TO_RIGHT_MARK = "\N{LEFT-TO-RIGHT MARK}"
_RIGHT_TO_LEFT_MARK = "\N{RIGHT-TO-LEFT MARK}"
_SOFT_HYPHEN = "\N{SOFT HYPHEN}"


class Canvas:
    """Collects drawings page by page, so that earlier pages can still change once the number of pages is known.

    Places and sizes are in points of 1/72 inch times ``scale``; ``colours`` are drawn in place of others.
    """

    def __init__(
        self,
        width: float,
        height: float,
        properties: Properties,
        *,
        scale: float = 1,
        colours: Mapping[Colour, Colour] | None = None,
    ) -> None:
        self.width = width / scale
        self.height = height / scale
        self._scale = scale
        self._colours = colours or {}
        self._language = properties.language
        self._right_to_left = is_right_to_left(properties.language)
        self._pdf = _file(width, height, properties)
        self._typesetter = Typesetter(self._pdf, properties.language)
        self._pages: list[list[Drawing]] = []

    @property
    def scale(self) -> float:
        """How many points a unit of places and sizes is."""
        return self._scale

    def from_left(self, x: float, width: float) -> float:
        """Return where something of a width starts that is drawn at a distance from the left, in any language."""
        return self.width - x - width if self._right_to_left else x

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

    def text(self, start: float, baseline: float, text: str, style: Style, *, page: int = -1, url: str = "") -> None:
        """Draw one line of text from ``start`` on, which leads to an address if it has one."""
        x = self.width - start - self.measure(text, style) if self._right_to_left else start
        self._pages[page].append(Text(x, baseline, text, style))
        if url:
            place = Box(x, baseline - style.size, self.measure(text, style), style.leading, style.colour)
            self._pages[page].append(Link(place, url))

    def text_to(self, end: float, baseline: float, text: str, style: Style, *, page: int = -1) -> None:
        """Draw one line of text that ends at ``end``."""
        x = self.width - end if self._right_to_left else end - self.measure(text, style)
        self._pages[page].append(Text(x, baseline, text, style))

    def box(self, start: float, top: float, width: float, height: float, colour: Colour, *, page: int = -1) -> None:
        """Fill a rectangle; a rule is a flat one."""
        self._pages[page].append(self._box(start, top, width, height, colour))

    def logo(self, start: float, top: float, image: Image, alternative: str) -> float:
        """Draw a logo in its box, at most as large as its pixels allow, and return its height.

        ``alternative`` describes it to those who cannot see it.
        """
        wide, high = theme.LOGO_BOX
        scale = min(wide / image.width, high / image.height, 1 / theme.COARSEST)
        width, height = image.width * scale, image.height * scale
        self._pages[-1].append(Figure(self._box(start, top, width, height, theme.PAPER), alternative, image))
        return height

    def code(
        self, start: float, top: float, size: float, modules: Modules, alternative: str, *, is_swiss: bool = False
    ) -> None:
        """Draw a code that is scanned, in a square; it is the same in all directions of writing.

        ``alternative`` describes it to those who cannot see it. A Swiss one has a cross in its middle.
        """
        place = self._box(start, top, size, size, theme.PAPER)
        side = size / len(modules)
        # Slightly higher than its row: else some viewers leave a line between two.
        boxes = [
            Box(place.x + column * side, top + row * side, length * side, side * 1.02, theme.BLACK)
            for row, column, length in dark_runs(modules)
        ]
        boxes += swiss_cross(place) if is_swiss else ()
        self._pages[-1].append(Figure(place, alternative, boxes=tuple(boxes)))

    def panel(self, start: float, top: float, width: float, height: float, colour: Colour) -> None:
        """Fill a rectangle behind the content of the page."""
        self._pages[-1].insert(0, self._box(start, top, width, height, colour))

    def number(self, start: float, end: float, baseline: float, text: str, style: Style) -> None:
        """Draw a number in a column of numbers, which is aligned to the right in all languages: units under units."""
        if self._right_to_left:
            self.text(start, baseline, text, style)
        else:
            self.text_to(end, baseline, text, style)

    def mark(self) -> Sequence[Drawing]:
        """Return what is drawn on this page."""
        return tuple(self._pages[-1])

    def undo(self, mark: Sequence[Drawing]) -> None:
        """Take back what was drawn on this page since a mark, also behind its content."""
        self._pages[-1][:] = mark

    def measure(self, text: str, style: Style) -> float:
        """Width of one line of text, in points."""
        return self._typesetter.width(text, style)

    def longest(self, text: str, style: Style) -> float:
        """Width of the longest part of a text that stays on one line where there is room for it: a word, an amount."""
        return max((self.measure(_shown(part), style) for part in breakable(text, self._language)), default=0.0)

    def fitting(self, text: str, style: Style, width: float) -> Style:
        """Return a style in which every number of a text fits a column: smaller, as a number is never broken."""
        if self.measure(text, style) <= width:
            return style
        numbers = (_shown(part) for part in breakable(text, self._language) if is_number(part))
        widest = max((self.measure(number, style) for number in numbers), default=0.0)
        return style if widest <= width else replace(style, size=style.size * width / widest * 0.999)

    def wrap(self, text: str, style: Style, width: float) -> list[str]:
        """Break a text into lines of a column, inside a word only where it alone is too wide."""
        return [line for paragraph in text.split("\n") for line in self._lines(paragraph, style, width)]

    def write(self) -> bytes:
        """Write the pages as a PDF/A-3B file, once; equal drawings and properties give equal bytes.

        With figures it is tagged: programs that read pages aloud then read the alternatives among the text.
        """
        is_tagged = any(isinstance(drawing, Figure) for drawings in self._pages for drawing in drawings)
        for drawings in self._pages:
            self._pdf.add_page()
            self._typesetter.new_page()
            for figure, group in groupby(drawings, _figure):
                with self._tagged(figure) if is_tagged else nullcontext():
                    for drawing in group:
                        self._draw(drawing)
        return bytes(self._pdf.output())

    @contextmanager
    def _tagged(self, figure: Figure | None) -> Iterator[None]:
        """Tag what is drawn: as a figure with its alternative, or as text.

        The one call of fpdf2 that is not public: by itself it tags images only, and then no text is read.
        """
        with self._pdf._marked_sequence(alt_text=figure.alternative if figure else None) as element:  # noqa: SLF001
            if figure is None:
                element.s = "/P"
            yield

    def _draw(self, drawing: Drawing) -> None:
        if isinstance(drawing, Text):
            self._draw_text(drawing)
        elif isinstance(drawing, Box):
            self._draw_box(drawing)
        elif isinstance(drawing, Link):
            self._pdf.link(*self._scaled(drawing.place), drawing.url, contents=drawing.url)
        elif drawing.image:
            self._pdf.image(_opaque(drawing.image), *self._scaled(drawing.place))
        else:
            for box in drawing.boxes:
                self._draw_box(box)

    def _draw_text(self, drawing: Text) -> None:
        style, scale = drawing.style, self._scale
        drawn = replace(style, size=style.size * scale, colour=self._colours.get(style.colour, style.colour))
        self._typesetter.draw(drawing.x * scale, drawing.baseline * scale, drawing.text, drawn)

    def _draw_box(self, drawing: Box) -> None:
        self._typesetter.use_colour(self._colours.get(drawing.colour, drawing.colour))
        self._pdf.rect(*self._scaled(drawing), "F")

    def _scaled(self, box: Box) -> tuple[float, float, float, float]:
        return box.x * self._scale, box.top * self._scale, box.width * self._scale, box.height * self._scale

    def _box(self, start: float, top: float, width: float, height: float, colour: Colour) -> Box:
        return Box(self.width - start - width if self._right_to_left else start, top, width, height, colour)

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


def _figure(drawing: Drawing) -> Figure | None:
    return drawing if isinstance(drawing, Figure) else None


def _opaque(image: Image) -> io.BytesIO:
    """Return an image on white: a transparent one would need a transparency group."""
    from invoicing_documents.logo_image import on_white  # noqa: PLC0415

    return io.BytesIO(on_white(image))


def _file(width: float, height: float, properties: Properties) -> FPDF:
    pdf = FPDF(unit="pt", format=(width, height), enforce_compliance="PDF/A-3B")
    pdf.allow_images_transparency = False
    pdf.c_margin = 0
    pdf.set_auto_page_break(False)
    pdf.set_lang(properties.language)
    pdf.viewer_preferences = ViewerPreferences(display_doc_title=True)
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
