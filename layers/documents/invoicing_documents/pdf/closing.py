"""What stands below the lines of a document: its totals, how to pay, notes."""

from functools import partial

from invoicing_documents.content import Content
from invoicing_documents.parties import Field
from invoicing_documents.pdf import theme
from invoicing_documents.pdf.flow import Flow

_LARGEST = 0.7  # of a page's height: what is larger begins where the lines end
_GAP = 24.0


class Closing:
    """The end of a document, kept on one page with the last line of it, so that no page has a few words only.

    Where it does not fit below the lines, payment and notes stand beside the totals. ``least`` is the height that it
    needs.
    """

    def __init__(self, flow: Flow, content: Content) -> None:
        self._flow = flow
        self._content = content
        self._stacked = flow.height_of(self._draw_stacked)
        self._beside = flow.height_of(self._draw_beside)
        self.least = min(self._stacked, self._beside)
        if self.least > flow.page_height * _LARGEST:
            self.least = flow.height_of(partial(draw_totals, flow, content))

    def draw(self) -> None:
        """Draw it and move below it."""
        if not self._flow.fits(self.least):
            self._flow.new_page()
        if self._flow.fits(self._stacked) or not self._flow.fits(self._beside):
            self._draw_stacked()
        else:
            self._draw_beside()

    def _draw_stacked(self) -> None:
        draw_totals(self._flow, self._content)
        _exemptions(self._flow, self._content)
        self._draw_sections()

    def _draw_beside(self) -> None:
        flow = self._flow
        top, end = flow.y, flow.end
        flow.end = flow.middle - _GAP
        self._draw_sections()
        below, flow.y, flow.end = flow.y, top, end
        draw_totals(flow, self._content)
        flow.y = max(below, flow.y)
        _exemptions(flow, self._content)

    def _draw_sections(self) -> None:
        content = self._content
        details = content.bank
        if details and content.number:
            details += (Field(content.wording["payment_reference"], content.number),)
        _section(self._flow, content.wording["payment"], content.payment_instructions, details)
        _section(self._flow, content.notes_heading, content.notes, ())


def draw_totals(flow: Flow, content: Content) -> None:
    """Draw the sums of a document and its total."""
    start = flow.middle
    flow.y += 8
    for field in content.summary:
        flow.field(field, start, flow.end, theme.QUIET, theme.BODY)
        flow.y += 2
    if not flow.fits(theme.TOTAL.leading + 14):
        flow.new_page()
    flow.y += 4
    flow.canvas.box(start, flow.y, flow.end - start, 0.9, theme.INK)
    flow.y += 6
    flow.field(content.total, start, flow.end, theme.STRONG, theme.TOTAL)
    for field in content.included_tax:
        flow.y += 2
        flow.field(field, start, flow.end, theme.QUIET, theme.QUIET)
    if content.payable:
        _payable(flow, content.payable, start)
    for field in content.uses:
        flow.y += 2
        flow.field(field, start, flow.end, theme.QUIET, theme.QUIET)
    flow.y += 8


def _payable(flow: Flow, fields: tuple[Field, ...], start: float) -> None:
    """Draw the rows from the total to the amount payable, which is drawn as the total is."""
    *rows, payable = fields
    flow.y += 4
    for field in rows:
        flow.y += 2
        flow.field(field, start, flow.end, theme.QUIET, theme.BODY)
    if not flow.fits(theme.TOTAL.leading + 14):
        flow.new_page()
    flow.y += 6
    flow.canvas.box(start, flow.y, flow.end - start, 0.9, theme.INK)
    flow.y += 6
    flow.field(payable, start, flow.end, theme.STRONG, theme.TOTAL)


def _exemptions(flow: Flow, content: Content) -> None:
    for reason in content.exemptions:
        flow.paragraph(flow.start, reason, theme.BODY, flow.end - flow.start)
        flow.y += 2


def _section(flow: Flow, heading: str, text: str, details: tuple[Field, ...]) -> None:
    """Draw a heading with a text and labelled values, kept on one page when short, as are its first lines."""
    if not text and not details:
        return
    width = flow.end - flow.start
    lines = flow.canvas.wrap(text, theme.BODY, width) if text else []
    flow.y += 14
    kept = min(len(lines) + len(details), 8) * theme.BODY.leading + theme.HEADING.leading + 6
    if not flow.fits(kept):
        flow.new_page()
    flow.line(flow.start, heading, theme.HEADING)
    flow.y += 3
    for line in lines:
        flow.line(flow.start, line, theme.BODY)
    flow.y += 3 if lines else 0
    column = max((flow.canvas.measure(field.label, theme.QUIET) for field in details), default=0) + 14
    for field in details:
        values = flow.canvas.wrap(field.value, theme.BODY, width - column)
        if not flow.fits(len(values) * theme.BODY.leading):
            flow.new_page()
        flow.canvas.text(flow.start, flow.y + theme.BODY.size, field.label, theme.QUIET)
        for line in values:
            flow.line(flow.start + column, line, theme.BODY)
