"""The canvas: pages with text and rules at fixed places, in points from the top left corner, in sRGB."""

from dataclasses import dataclass

from fpdf import FPDF

from invoicing_documents.pdf.embedding import EmbeddedFont, SubsetProducer, add_operators
from invoicing_documents.pdf.properties import Properties, xmp
from invoicing_documents.pdf.typeface import BOLD, REGULAR, drawable, typeface

Colour = tuple[int, int, int]

FAMILY = "sans"


@dataclass(frozen=True, slots=True)
class Style:
    """A text style: ``size`` in points, ``weight`` one of `typeface.REGULAR` and `typeface.BOLD`."""

    size: float
    colour: Colour
    weight: str = REGULAR

    @property
    def leading(self) -> float:
        """Distance between the baselines of two lines, in points."""
        return self.size * 1.38

    def width(self, text: str) -> float:
        """Width of a drawable text, in points."""
        return typeface(self.weight).width(text, self.size)


@dataclass(frozen=True, slots=True)
class _Text:
    x: float
    baseline: float
    text: str
    style: Style


@dataclass(frozen=True, slots=True)
class _Box:
    x: float
    top: float
    width: float
    height: float
    colour: Colour


class Canvas:
    """Collects drawings page by page, so that earlier pages can still change once the number of pages is known."""

    def __init__(self, width: float, height: float) -> None:
        self.width = width
        self.height = height
        self.missing: set[str] = set()
        self._pages: list[list[_Text | _Box]] = []

    @property
    def page_count(self) -> int:
        """The number of pages."""
        return len(self._pages)

    def add_page(self) -> None:
        """Start a new page for all further drawings."""
        self._pages.append([])

    def text(self, x: float, baseline: float, text: str, style: Style, *, page: int = -1) -> None:
        """Draw one line of text from ``x`` on."""
        self._pages[page].append(_Text(x, baseline, drawable(text, self.missing), style))

    def text_right(self, right: float, baseline: float, text: str, style: Style, *, page: int = -1) -> None:
        """Draw one line of text that ends at ``right``."""
        drawn = drawable(text, self.missing)
        self._pages[page].append(_Text(right - style.width(drawn), baseline, drawn, style))

    def box(self, x: float, top: float, width: float, height: float, colour: Colour, *, page: int = -1) -> None:
        """Fill a rectangle; a rule is a flat one."""
        self._pages[page].append(_Box(x, top, width, height, colour))

    def panel(self, x: float, top: float, width: float, height: float, colour: Colour) -> None:
        """Fill a rectangle behind the content of the page."""
        self._pages[-1].insert(0, _Box(x, top, width, height, colour))

    def measure(self, text: str, style: Style) -> float:
        """Width of one line of text, in points."""
        return style.width(drawable(text, self.missing))

    def wrap(self, text: str, style: Style, width: float) -> list[str]:
        """Break a text into lines of a column: at spaces, and inside a word only when it alone is too wide."""
        lines: list[str] = []
        for paragraph in drawable_lines(text, self.missing):
            lines += [paragraph] if style.width(paragraph) <= width else _broken(paragraph, style, width)
        return lines

    def write(self, properties: Properties) -> bytes:
        """Write the pages as a PDF/A-3B file; equal drawings and properties give equal bytes."""
        pdf = FPDF(unit="pt", format=(self.width, self.height), enforce_compliance="PDF/A-3B")
        pdf.allow_images_transparency = False
        pdf.set_auto_page_break(False)
        pdf.set_lang(properties.language)
        pdf.set_xmp_metadata(xmp(properties))
        pdf.set_creation_date(properties.created)
        fonts = {
            weight: EmbeddedFont(index, FAMILY + key, key, typeface(weight))
            for index, (weight, key) in enumerate(((REGULAR, ""), (BOLD, "B")), start=1)
        }
        pdf.fonts.update((font.fontkey, font) for font in fonts.values())
        for drawings in self._pages:
            pdf.add_page()
            add_operators(pdf, self._operators(drawings, fonts))
        return bytes(pdf.output(output_producer_class=SubsetProducer))

    def _operators(self, drawings: list[_Text | _Box], fonts: dict[str, EmbeddedFont]) -> str:
        """Write the page's content stream (ISO 32000-1, 8.2): only differences from the previous drawing are set."""
        operators = []
        colour: Colour | None = None
        selected: tuple[str, float] | None = None
        for drawing in drawings:
            if (wanted := drawing.style.colour if isinstance(drawing, _Text) else drawing.colour) != colour:
                colour = wanted
                operators.append("{:.3f} {:.3f} {:.3f} rg".format(*(part / 255 for part in colour)))
            if isinstance(drawing, _Box):
                top = self.height - drawing.top - drawing.height
                operators.append(f"{drawing.x:.2f} {top:.2f} {drawing.width:.2f} {drawing.height:.2f} re f")
                continue
            style, font = drawing.style, fonts[drawing.style.weight]
            if selected != (style.weight, style.size):
                selected = (style.weight, style.size)
                operators.append(f"/F{font.i} {style.size:g} Tf")
            show = font.encode_text(drawing.text)
            operators.append(f"BT {drawing.x:.2f} {self.height - drawing.baseline:.2f} Td {show} ET")
        return "\n".join(operators)


def drawable_lines(text: str, missing: set[str]) -> list[str]:
    """Return the lines of a text with characters that can be drawn."""
    return [drawable(line, missing) for line in text.split("\n")]


def _broken(paragraph: str, style: Style, width: float) -> list[str]:
    lines: list[str] = []
    line = ""
    for word in paragraph.split(" "):
        candidate = f"{line} {word}" if line else word
        if style.width(candidate) <= width:
            line = candidate
            continue
        if line:
            lines.append(line)
        *full, line = _pieces(word, style, width)
        lines += full
    return [*lines, line]


def _pieces(word: str, style: Style, width: float) -> list[str]:
    """Cut a word where the column is full; at least one character a line."""
    pieces = [""]
    taken = 0.0
    for character in word:
        advance = style.width(character)
        if pieces[-1] and taken + advance > width:
            pieces.append("")
            taken = 0.0
        pieces[-1] += character
        taken += advance
    return pieces
