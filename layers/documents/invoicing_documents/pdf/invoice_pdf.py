"""The classic layout of invoices and similar documents."""

import logging
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from datetime import datetime
from functools import partial

from invoicing.domain.fonts import undrawable
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.invoices.mark import Mark
from invoicing.domain.parties.account import Seller
from invoicing.domain.parties.logo import Image
from invoicing.domain.templates.template import Design, Template
from invoicing_documents.bidi import isolate
from invoicing_documents.bilingual import invoice_in_its_languages
from invoicing_documents.content import Content
from invoicing_documents.designs import as_issued
from invoicing_documents.parties import Party
from invoicing_documents.pdf import theme
from invoicing_documents.pdf.canvas import Canvas
from invoicing_documents.pdf.closing import Closing
from invoicing_documents.pdf.flow import Flow, url_in
from invoicing_documents.pdf.layouts import layout_of
from invoicing_documents.pdf.line_table import draw_lines
from invoicing_documents.pdf.marks import draw_mark
from invoicing_documents.pdf.payment_part import draw_payment_part, height_of_part
from invoicing_documents.pdf.properties import Properties
from invoicing_documents.wording import Wording

LOGGER = logging.getLogger(__name__)

# Countries that use Letter paper (Unicode CLDR, paperSize).
_LETTER = "BZ CA CL CO CR GT MX NI PA PH PR SV US VE"
_FOOTER_GAP = 34.0
_HEAD_GAP = 16.0
_PLACE = 170.0  # the width of number and page
_MOST_IN_FOOTERS = 6


def render_invoice_pdf(
    invoice: Invoice, logo: Image | None = None, template: Template | None = None, mark: Mark | None = None
) -> bytes:
    """Render an invoice as a PDF/A-3B file: the same arguments give the same bytes, whatever was paid since.

    A draft is marked as one and has no number; a copy has the ``mark`` that it is given. `ValueError` without a
    seller. Characters that no font has are drawn as U+FFFD and counted in the log; `missing_characters` returns them.
    """
    if invoice.seller is None:
        raise ValueError(f"invoice {invoice.id} has no seller")
    created = invoice.sent_at or invoice.updated_at
    content = replace(invoice_in_its_languages(as_issued(invoice), template), mark=mark)
    if mark and mark != "overdue":  # nothing is to be paid
        content = replace(content, payment_code="", payment_url="", qr_bill=None)
    return draw_document(content, invoice.seller, created, f"invoice {invoice.id}", logo=logo)


def draw_document(
    content: Content,
    seller: Seller,
    created: datetime,
    name: str,
    draw: Callable[[Flow, Content], None] = draw_lines,
    *,
    logo: Image | None = None,
) -> bytes:
    """Render a document as a PDF/A-3B file on its seller's paper; equal arguments give equal bytes.

    ``name`` is for logs. ``draw`` draws the part between its heading and its totals.
    """
    title = " ".join(
        filter(None, (content.wording.joined(content.title, content.subtitle or content.title), content.number))
    )
    properties = Properties(title, content.seller.name, content.wording.language, created)
    layout, paper = layout_of(content.design), _paper(seller, content.design)
    content = _with_form(content, paper)
    canvas = Canvas(*paper, properties, scale=layout.scale, colours=layout.colours)
    own_footer = _own_footer(canvas, content)
    footer = own_footer + _footer_lines(canvas, content)
    flow = Flow(canvas, canvas.height - _FOOTER_GAP - 16 - len(footer) * theme.FOOT.leading)
    (layout.heading or _heading)(flow, content, logo)
    _notice(flow, content)
    _parties_and_facts(flow, content)
    form = height_of_part(canvas) if content.qr_bill else 0
    closing = Closing(flow, content, form)
    flow.follows = closing.least
    draw(flow, content)
    closing.draw()
    _draw_end(flow, content, form, ends=not own_footer)
    _footers(canvas, content, footer, form)
    _running_heads(canvas, title, content.seller.name)
    if canvas.missing:
        # The count only: the characters are part of names.
        LOGGER.warning("%s: no glyph for %d characters", name, len(canvas.missing))
    return canvas.write()


def _draw_end(flow: Flow, content: Content, form: float, *, ends: bool) -> None:
    """Draw the design's own footer where it ``ends`` the document, and the form of a QR-bill of a height."""
    if content.footer and ends:
        flow.y += 14
        flow.own_text(content.footer)
    if content.qr_bill:
        if not flow.fits(form):
            flow.new_page()
        draw_payment_part(flow.canvas, content.qr_bill, content.wording["scan_to_pay"])


def _with_form(content: Content, paper: tuple[float, float]) -> Content:
    """Return the content for a paper: the form of a QR-bill is for A4, and has the bank details, which are left out."""
    if content.qr_bill is None:
        return content
    content = replace(content, payment_code="")  # stands in the form only
    return replace(content, payment=()) if paper == theme.A4 else replace(content, qr_bill=None)


def missing_characters(invoice: Invoice) -> str:
    """Return the characters of the invoice that its PDF cannot show, each once, in code point order; usually none."""
    return "".join(
        sorted({each for text in _texts(invoice_in_its_languages(invoice, None)) for each in undrawable(text)})
    )


def _texts(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, tuple):
        return [text for item in value for text in _texts(item)]
    if is_dataclass(value) and not isinstance(value, Wording):
        return [text for field in fields(value) for text in _texts(getattr(value, field.name))]
    return []


def _paper(seller: Seller, design: Design) -> tuple[float, float]:
    if design.paper_size:
        return theme.LETTER if design.paper_size == "Letter" else theme.A4
    country = (seller.address.country or "").upper() if seller.address else ""
    return theme.LETTER if country and country in _LETTER.split() else theme.A4


def _heading(flow: Flow, content: Content, logo: Image | None) -> None:
    flow.own_text(content.header)
    canvas = flow.canvas
    half = (flow.end - flow.start) * 0.52
    canvas.text_to(flow.end, flow.y + 20, content.title, theme.TITLE)
    number_end = flow.y + 30
    if content.subtitle:
        canvas.text_to(flow.end, number_end + 8, content.subtitle, theme.SUBTITLE)
        number_end += theme.SUBTITLE.leading + 2
    if content.number:
        for line in canvas.wrap(content.number, theme.NUMBER, half * 0.8):
            canvas.text_to(flow.end, number_end + 8, line, theme.NUMBER)
            number_end += theme.NUMBER.leading
    if content.mark:
        number_end = draw_mark(flow, content.wording, content.mark, number_end + 8)
    if logo:
        flow.y += canvas.logo(flow.start, flow.y, logo, content.seller.name) + 8
    flow.y += 4
    flow.paragraph(flow.start, content.seller.name, theme.SELLER, half)
    for text in (*content.seller.lines, *filter(None, [content.seller_email]), *content.seller.contacts):
        flow.paragraph(flow.start, text, theme.QUIET, half, url_in(text))
    flow.y = max(flow.y, number_end) + 22


def _notice(flow: Flow, content: Content) -> None:
    canvas = flow.canvas
    if content.notice:
        lines = canvas.wrap(content.notice, theme.NOTICE, flow.end - flow.start - 20)
        height = 24.0 + (len(lines) - 1) * theme.NOTICE.leading
        canvas.box(flow.start, flow.y, flow.end - flow.start, height, theme.WARNING_PANEL)
        for index, line in enumerate(lines):
            canvas.text(flow.start + 10, flow.y + 15.5 + index * theme.NOTICE.leading, line, theme.NOTICE)
        flow.y += height + 18


def _parties_and_facts(flow: Flow, content: Content) -> None:
    """Draw the buyer and further parties, and beside them the facts; below them where a column is too long for that."""
    draw_parties, draw_facts = partial(_parties, flow, content), partial(_facts, flow, content)
    beside = all(flow.fits(flow.height_of(draw)) for draw in (draw_parties, draw_facts))
    top = flow.y
    draw_parties()
    end = flow.y
    flow.y = top if beside else flow.y + 16
    draw_facts()
    flow.y = (max(end, flow.y) if beside else flow.y) + 24


def _parties(flow: Flow, content: Content) -> None:
    width = flow.middle - flow.start - 24
    flow.line(flow.start, content.buyer_heading, theme.LABEL)
    flow.y += 2
    _party(flow, content.buyer, width)
    for further in content.further_parties:
        flow.y += 10
        flow.line(flow.start, further.heading, theme.LABEL)
        flow.y += 2
        _party(flow, further.party, width)


def _facts(flow: Flow, content: Content) -> None:
    middle = flow.middle
    for field in content.facts:
        flow.field(field, middle, flow.end, theme.LABEL, theme.BODY)
        flow.y += 2
    if not flow.fits(14 + theme.TOTAL.leading + 13.5):
        flow.new_page()
    flow.y += 14
    inside = flow.y
    flow.field(content.panel, middle + 8, flow.end - 8, theme.STRONG, theme.TOTAL)
    flow.canvas.panel(middle, inside - 8, flow.end - middle, flow.y - inside + 13.5, theme.PANEL)
    flow.y += 8


def _party(flow: Flow, party: Party, width: float) -> None:
    if party.name:
        flow.paragraph(flow.start, party.name, theme.NAME, width)
    for line in party.lines:
        flow.paragraph(flow.start, line, theme.BODY, width)
    for text in (*(f"{number.label}: {number.value}" for number in party.numbers), *party.contacts):
        flow.paragraph(flow.start, text, theme.QUIET, width)


def _footer_lines(canvas: Canvas, content: Content) -> list[str]:
    seller, within = content.seller, content.wording.within
    numbers = (f"{number.label}: {within(number.value)}" for number in seller.numbers)
    text = "  ·  ".join((within(seller.name), *numbers, *map(within, seller.legal_information)))
    return canvas.wrap(text, theme.FOOT, canvas.width - 2 * theme.MARGIN - _PLACE)


def _own_footer(canvas: Canvas, content: Content) -> list[str]:
    """Return what the design's own footer has on every page: none where it is so long that it ends the document."""
    if not content.footer:
        return []
    lines = canvas.wrap(content.footer, theme.FOOT, canvas.width - 2 * theme.MARGIN - _PLACE)
    return lines if len(lines) <= _MOST_IN_FOOTERS else []


def _running_heads(canvas: Canvas, title: str, seller: str) -> None:
    """Draw the seller and the document's title and number above each page but the first."""
    width = canvas.width / 2 - theme.MARGIN - 10
    start, end = (canvas.wrap(text, theme.FOOT, width)[0] for text in (seller, title))
    for page in range(1, canvas.page_count):
        canvas.text(theme.MARGIN, theme.MARGIN - _HEAD_GAP, start, theme.FOOT, page=page)
        canvas.text_to(canvas.width - theme.MARGIN, theme.MARGIN - _HEAD_GAP, end, theme.FOOT, page=page)


def _footers(canvas: Canvas, content: Content, lines: list[str], form: float) -> None:
    """Draw the foot of each page, on the last one above a form of a height."""
    usual = canvas.height - _FOOTER_GAP - len(lines) * theme.FOOT.leading
    end = canvas.width - theme.MARGIN
    number = canvas.wrap(content.number or content.title, theme.FOOT, 90)[0]
    wording = content.wording
    for page in range(canvas.page_count):
        top = usual - form if page == canvas.page_count - 1 else usual
        canvas.box(theme.MARGIN, top, end - theme.MARGIN, 0.5, theme.LINE, page=page)
        baseline = top + 6 + theme.FOOT.size
        for index, line in enumerate(lines):
            canvas.text(theme.MARGIN, baseline + index * theme.FOOT.leading, line, theme.FOOT, page=page)
        place = wording.say("page_of", page=wording.count(page + 1), pages=wording.count(canvas.page_count))
        canvas.text_to(end, baseline, f"{isolate(number)}  ·  {place}", theme.FOOT, page=page)
