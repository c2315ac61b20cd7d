"""The layouts of documents: variations of the classic one in scale, colours and heading."""

from collections.abc import Callable, Mapping
from functools import partial

from invoicing.dataclass import dataclass
from invoicing.domain.parties.logo import Image
from invoicing.domain.templates.template import Design
from invoicing_documents.content import Content
from invoicing_documents.designs import Palette, palette_of
from invoicing_documents.pdf import theme
from invoicing_documents.pdf.flow import Flow, url_in
from invoicing_documents.pdf.marks import draw_mark
from invoicing_documents.pdf.runs import BOLD
from invoicing_documents.pdf.typesetter import Colour, Style

COMPACT = 0.84
"""The scale of the compact layout: a third more fits on a page, and the smallest text is still 6.3 points high."""

_BAND = 20.0  # above and below the text of the band


@dataclass(frozen=True, slots=True)
class Layout:
    """How a document is drawn: its ``scale``, the colours in place of the theme's, a ``heading`` of its own."""

    scale: float
    colours: Mapping[Colour, Colour]
    heading: Callable[[Flow, Content, Image | None], None] | None = None


def layout_of(design: Design) -> Layout:
    """Return the layout of a design."""
    palette = palette_of(design.accent_color)
    colours = {theme.ACCENT: palette.accent, theme.PANEL: palette.panel}
    if design.layout == "modern":
        return Layout(1, colours, partial(_modern_heading, palette=palette))
    return Layout(COMPACT if design.layout == "compact" else 1, colours)


def _modern_heading(flow: Flow, content: Content, logo: Image | None, palette: Palette) -> None:
    """Draw a band in the accent colour over the width of the page, with the seller's name, the title and the number.

    The logo stands below it, on white, for which it was made.
    """
    canvas, top = flow.canvas, flow.y - theme.MARGIN
    half = (flow.end - flow.start) * 0.5
    title, name = Style(21, palette.on_area, BOLD), Style(13.5, palette.on_area, BOLD)
    subtitle, number = Style(14, palette.on_area), Style(11, palette.on_area)
    names = canvas.wrap(content.seller.name, name, half)
    titles = canvas.wrap(content.title, title, half - 20)
    subtitles = canvas.wrap(content.subtitle, subtitle, half - 20) if content.subtitle else []
    numbers = canvas.wrap(content.number, number, half - 20) if content.number else []
    blocks = ((title, titles), (subtitle, subtitles), (number, numbers))
    right = sum(len(lines) * style.leading for style, lines in blocks)
    height = 2 * _BAND + max(len(names) * name.leading, right)
    canvas.box(0, top, canvas.width, height, palette.area)
    for index, line in enumerate(names):
        canvas.text(flow.start, top + _BAND + name.size + index * name.leading, line, name)
    y = top + _BAND
    for style, lines in blocks:
        for line in lines:
            canvas.text_to(flow.end, y + style.size, line, style)
            y += style.leading
    flow.y = top + height + 14
    end = draw_mark(flow, content.wording, content.mark, flow.y) if content.mark else flow.y
    flow.own_text(content.header)
    if logo:
        flow.y += canvas.logo(flow.start, flow.y, logo, content.seller.name) + 8
    for text in (*content.seller.lines, *filter(None, [content.seller_email]), *content.seller.contacts):
        flow.paragraph(flow.start, text, theme.QUIET, flow.end - flow.start, url_in(text))
    flow.y = max(flow.y, end) + 22
