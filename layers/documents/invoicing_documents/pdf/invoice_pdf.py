"""The classic layout of invoices and similar documents."""

import logging
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import datetime

from invoicing.domain.fonts import undrawable
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.parties.account import Seller
from invoicing_documents.bidi import isolate
from invoicing_documents.content import Content, content_of
from invoicing_documents.parties import Party
from invoicing_documents.pdf import theme
from invoicing_documents.pdf.canvas import Canvas
from invoicing_documents.pdf.closing import Closing
from invoicing_documents.pdf.flow import Flow
from invoicing_documents.pdf.line_table import draw_lines
from invoicing_documents.pdf.properties import Properties
from invoicing_documents.wording import Wording

LOGGER = logging.getLogger(__name__)

# Countries that use Letter paper (Unicode CLDR, paperSize).
_LETTER = "BZ CA CL CO CR GT MX NI PA PH PR SV US VE"
_FOOTER_GAP = 34.0


def render_invoice_pdf(invoice: Invoice) -> bytes:
    """Render an invoice as a PDF/A-3B file: the same invoice gives the same bytes, whatever was paid since.

    A draft is marked as one and has no number. `ValueError` without a seller. Characters that no font has are
    drawn as U+FFFD and counted in the log; `missing_characters` returns them.
    """
    if invoice.seller is None:
        raise ValueError(f"invoice {invoice.id} has no seller")
    created = invoice.sent_at or invoice.updated_at
    return draw_document(content_of(invoice), invoice.seller, created, f"invoice {invoice.id}")


def draw_document(
    content: Content, seller: Seller, created: datetime, name: str, draw: Callable[[Flow, Content], None] = draw_lines
) -> bytes:
    """Render a document as a PDF/A-3B file on its seller's paper; equal arguments give equal bytes.

    ``name`` is for logs. ``draw`` draws the part between its heading and its totals.
    """
    title = f"{content.title} {content.number}" if content.number else content.title
    properties = Properties(title, content.seller.name, content.wording.language, created)
    canvas = Canvas(*_paper(seller), properties)
    footer = _footer_lines(canvas, content)
    flow = Flow(canvas, canvas.height - _FOOTER_GAP - 16 - len(footer) * theme.FOOT.leading)
    _heading(flow, content)
    _parties_and_facts(flow, content)
    closing = Closing(flow, content)
    flow.follows = closing.least
    draw(flow, content)
    closing.draw()
    _footers(canvas, content, footer)
    if canvas.missing:
        # The count only: the characters are part of names.
        LOGGER.warning("%s: no glyph for %d characters", name, len(canvas.missing))
    return canvas.write()


def missing_characters(invoice: Invoice) -> str:
    """Return the characters of the invoice that its PDF cannot show, each once, in code point order; usually none."""
    return "".join(sorted({each for text in _texts(content_of(invoice)) for each in undrawable(text)}))


def _texts(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, tuple):
        return [text for item in value for text in _texts(item)]
    if is_dataclass(value) and not isinstance(value, Wording):
        return [text for field in fields(value) for text in _texts(getattr(value, field.name))]
    return []


def _paper(seller: Seller) -> tuple[float, float]:
    country = (seller.address.country or "").upper() if seller.address else ""
    return theme.LETTER if country and country in _LETTER.split() else theme.A4


def _heading(flow: Flow, content: Content) -> None:
    canvas = flow.canvas
    half = (flow.end - flow.start) * 0.52
    canvas.text_to(flow.end, flow.y + 20, content.title, theme.TITLE)
    number_end = flow.y + 30
    if content.number:
        for line in canvas.wrap(content.number, theme.NUMBER, half * 0.8):
            canvas.text_to(flow.end, number_end + 8, line, theme.NUMBER)
            number_end += theme.NUMBER.leading
    flow.y += 4
    flow.paragraph(flow.start, content.seller.name, theme.SELLER, half)
    for text in (*content.seller.lines, *filter(None, [content.seller_email])):
        flow.paragraph(flow.start, text, theme.QUIET, half)
    flow.y = max(flow.y, number_end) + 22
    if content.notice:
        height = 24.0
        canvas.box(flow.start, flow.y, flow.end - flow.start, height, theme.WARNING_PANEL)
        canvas.text(flow.start + 10, flow.y + 15.5, content.notice, theme.NOTICE)
        flow.y += height + 18


def _parties_and_facts(flow: Flow, content: Content) -> None:
    top = flow.y
    middle = flow.middle
    flow.line(flow.start, content.buyer_heading, theme.LABEL)
    flow.y += 2
    _party(flow, content.buyer, middle - flow.start - 24)
    end = flow.y
    flow.y = top
    for field in content.facts:
        flow.field(field, middle, flow.end, theme.LABEL, theme.BODY)
        flow.y += 2
    flow.y += 14
    inside = flow.y
    flow.field(content.panel, middle + 8, flow.end - 8, theme.STRONG, theme.TOTAL)
    flow.canvas.panel(middle, inside - 8, flow.end - middle, flow.y - inside + 13.5, theme.PANEL)
    flow.y = max(end, flow.y + 8) + 24


def _party(flow: Flow, party: Party, width: float) -> None:
    flow.paragraph(flow.start, party.name, theme.NAME, width)
    for line in party.lines:
        flow.paragraph(flow.start, line, theme.BODY, width)
    for tax_id in party.tax_ids:
        flow.paragraph(flow.start, f"{tax_id.label}: {tax_id.value}", theme.QUIET, width)


def _footer_lines(canvas: Canvas, content: Content) -> list[str]:
    tax_ids = (f"{field.label}: {field.value}" for field in content.seller.tax_ids)
    text = "  ·  ".join((content.seller.name, *tax_ids))
    return canvas.wrap(text, theme.FOOT, canvas.width - 2 * theme.MARGIN - 170)


def _footers(canvas: Canvas, content: Content, lines: list[str]) -> None:
    top = canvas.height - _FOOTER_GAP - len(lines) * theme.FOOT.leading
    end = canvas.width - theme.MARGIN
    number = canvas.wrap(content.number or content.title, theme.FOOT, 90)[0]
    wording = content.wording
    for page in range(canvas.page_count):
        canvas.box(theme.MARGIN, top, end - theme.MARGIN, 0.5, theme.LINE, page=page)
        baseline = top + 6 + theme.FOOT.size
        for index, line in enumerate(lines):
            canvas.text(theme.MARGIN, baseline + index * theme.FOOT.leading, line, theme.FOOT, page=page)
        place = wording.say("page_of", page=wording.count(page + 1), pages=wording.count(canvas.page_count))
        canvas.text_to(end, baseline, f"{isolate(number)}  ·  {place}", theme.FOOT, page=page)
