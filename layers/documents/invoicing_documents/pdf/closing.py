"""What stands below the lines of a document: its totals, how to pay, notes."""

from collections.abc import Callable
from functools import partial
from itertools import zip_longest
from typing import NamedTuple

from invoicing_documents.content import Content
from invoicing_documents.parties import Field
from invoicing_documents.payment_code import modules_of
from invoicing_documents.pdf import theme
from invoicing_documents.pdf.flow import Flow, url_in

_LARGEST = 0.7  # of a page's height: what is larger begins where the lines end
_GAP = 24.0
_DETAIL_GAP = 14.0
_WIDE = 330.0
_QUIET = 9.0
_WIDEST_LABELS, _LABELS_OF_TWO_LANGUAGES = 0.5, 0.37  # of the width of labels and values
_CODE_HEIGHT = theme.CODE + 2 * _QUIET + theme.LABEL.leading


class Code(NamedTuple):
    """A code that is scanned: what it says, and what stands below it and describes it."""

    payload: str
    caption: str


class Closing:
    """The end of a document, kept on one page with the last line of it, so that no page has a few words only.

    Where it does not fit below the lines, payment stands beside the totals, or payment and notes. ``least`` is the
    height that it needs. Where it can, it leaves room for a ``form`` of a height below it.
    """

    def __init__(self, flow: Flow, content: Content, form: float = 0) -> None:
        self._flow = flow
        self._form = form
        self._content = content
        flow.widest_labels = _LABELS_OF_TWO_LANGUAGES if content.wording.second else _WIDEST_LABELS
        ways: tuple[Callable[[], None], ...] = (self._draw_stacked, self._draw_paid_beside, self._draw_beside)
        self._ways = {draw: flow.height_of(draw) for draw in ways}
        self.least = min(self._ways.values())
        if self.least > flow.page_height * _LARGEST:
            self.least = flow.height_of(partial(draw_totals, flow, content))

    def draw(self) -> None:
        """Draw it and move below it."""
        if not self._flow.fits(self.least):
            self._flow.new_page()
        rooms = (self._form, 0) if self._form else (0,)
        fitting = (draw for room in rooms for draw, height in self._ways.items() if self._flow.fits(height + room))
        next(fitting, self._draw_what_goes_on)()

    def _draw_stacked(self) -> None:
        draw_totals(self._flow, self._content)
        _exemptions(self._flow, self._content)
        self._draw_payment()
        self._draw_notes()

    def _draw_paid_beside(self) -> None:
        self._beside_totals(self._draw_payment)
        self._draw_notes()

    def _draw_beside(self) -> None:
        self._beside_totals(self._draw_payment, self._draw_notes)

    def _draw_what_goes_on(self) -> None:
        """Draw what is too long for the page: nothing that goes on can stand beside the totals."""
        paid_beside = self._flow.height_of(partial(self._beside_totals, self._draw_payment))
        (self._draw_paid_beside if self._flow.fits(paid_beside) else self._draw_stacked)()

    def _beside_totals(self, *draws: Callable[[], None]) -> None:
        flow = self._flow
        top, end = flow.y, flow.end
        flow.end = flow.middle - _GAP
        for draw in draws:
            draw()
        below, flow.y, flow.end = flow.y, top, end
        draw_totals(flow, self._content)
        flow.y = max(below, flow.y)
        _exemptions(flow, self._content)

    def _draw_payment(self) -> None:
        content = self._content
        code = Code(content.payment_code, content.wording["scan_to_pay"]) if content.payment_code else None
        payment = content.payment
        if content.payment_url:
            payment = (*payment, Field(content.wording["pay_online"], content.payment_url))
        _section(self._flow, content.wording["payment"], content.payment_instructions, payment, code)

    def _draw_notes(self) -> None:
        _section(self._flow, self._content.notes_heading, self._content.notes, ())


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


def _section(flow: Flow, heading: str, text: str, details: tuple[Field, ...], code: Code | None = None) -> None:
    """Draw a heading with a text, labelled values and their code, kept on one page when short, as are its first lines.

    The code stands beside the values where the column is wide enough, else below them.
    """
    if not text and not details:
        return
    width = flow.end - flow.start
    lines = flow.canvas.wrap(text, theme.BODY, width) if text else []
    flow.y += 14
    kept = min(len(lines) + len(details), 8) * theme.BODY.leading + theme.HEADING.leading + 6
    if not flow.fits(kept + (_CODE_HEIGHT if code else 0)):
        flow.new_page()
    flow.line(flow.start, heading, theme.HEADING)
    flow.y += 3
    for line in lines:
        flow.line(flow.start, line, theme.BODY)
    flow.y += 3 if lines else 0
    if code is None:
        _details(flow, details, width)
    elif width < _WIDE:
        _details(flow, details, width)
        _draw_code(flow, code, flow.start)
    else:
        _details_beside(flow, details, code)


def _details(flow: Flow, details: tuple[Field, ...], width: float) -> None:
    """Draw labelled values, the values in a column of their own that has at least half of the width."""
    canvas = flow.canvas
    column = max((canvas.measure(field.label, theme.QUIET) for field in details), default=0) + _DETAIL_GAP
    column = min(column, width * flow.widest_labels)
    for field in details:
        labels = canvas.wrap(field.label, theme.QUIET, column - _DETAIL_GAP)
        url = url_in(field.value)
        style = canvas.fitting(field.value, theme.LINK if url else theme.BODY, width - column)
        values = canvas.wrap(field.value, style, width - column)
        if not flow.fits(max(len(labels), len(values)) * theme.BODY.leading):
            flow.new_page()
        for label, value in zip_longest(labels, values, fillvalue=""):
            if not flow.fits(theme.BODY.leading):
                flow.new_page()
            canvas.text(flow.start, flow.y + theme.BODY.size, label, theme.QUIET)
            canvas.text(flow.start + column, flow.y + theme.BODY.size, value, style, url=url)
            flow.y += theme.BODY.leading


def _details_beside(flow: Flow, details: tuple[Field, ...], code: Code) -> None:
    width = flow.middle - flow.start - _GAP
    height = max(_CODE_HEIGHT, flow.height_of(partial(_details, flow, details, width)))
    if not flow.fits(height):
        flow.new_page()
    top = flow.y
    _details(flow, details, width)
    below, flow.y = flow.y, top
    _draw_code(flow, code, flow.middle)
    flow.y = max(below, flow.y)


def _draw_code(flow: Flow, code: Code, start: float) -> None:
    """Draw a code with a margin of four of its modules, at least, and its caption."""
    if not flow.fits(_CODE_HEIGHT):
        flow.new_page()
    flow.y += _QUIET
    flow.canvas.code(start, flow.y, theme.CODE, modules_of(code.payload), code.caption)
    flow.y += theme.CODE + _QUIET
    flow.line(start, code.caption, theme.LABEL)
