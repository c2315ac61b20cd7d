"""The table of an invoice's lines; its head is repeated on every page."""

from collections.abc import Callable
from dataclasses import dataclass

from invoicing_documents.content import Content, Row
from invoicing_documents.pdf.canvas import Canvas, Style
from invoicing_documents.pdf.flow import Flow
from invoicing_documents.pdf.theme import BODY, HEAD, INK, LABEL, LINE

GAP = 14.0
PADDING = 4.5
_KEPT_TOGETHER = 0.2  # of a page's height


@dataclass(frozen=True, slots=True)
class _Column:
    """A right-aligned column of figures."""

    label: str
    value: Callable[[Row], str]
    widest: float


@dataclass(frozen=True, slots=True)
class _Placed:
    """Where a column ends, and how wide its text may be."""

    column: _Column
    right: float
    width: float


def draw_lines(flow: Flow, content: Content) -> None:
    """Draw all lines of the invoice and go below them."""
    columns = _place(flow, content)
    width = columns[0].right - columns[0].width - GAP - flow.left
    if not flow.fits(flow.page_height * _KEPT_TOGETHER):
        flow.new_page()
    _head(flow, content, columns)
    for row in content.rows:
        _row(flow, content, columns, row, width)


def _columns(content: Content) -> list[_Column]:
    wording = content.wording
    columns = [
        _Column(wording["quantity"], lambda row: row.quantity, 90),
        _Column(wording["unit_price"], lambda row: row.unit_price, 100),
    ]
    if content.has_discounts:
        columns.append(_Column(wording["discount"], lambda row: row.discount, 75))
    if content.has_taxes:
        columns.append(_Column(wording["tax"], lambda row: row.tax, 55))
    columns.append(_Column(wording["amount"], lambda row: row.amount, 105))
    return columns


def _place(flow: Flow, content: Content) -> list[_Placed]:
    """Each column as wide as its widest text, up to its limit; the description has the rest."""
    placed = []
    right = flow.right
    for column in reversed(_columns(content)):
        texts = {column.value(row) for row in content.rows}
        widest = max(flow.canvas.measure(text, BODY) for text in texts)
        head = max(flow.canvas.measure(word, HEAD) for word in column.label.split())
        whole_head = min(flow.canvas.measure(column.label, HEAD), 60)
        width = max(head, min(max(widest, whole_head), column.widest))
        placed.append(_Placed(column, right, width))
        right -= width + GAP
    return placed[::-1]


def _head(flow: Flow, content: Content, columns: list[_Placed]) -> None:
    labels = [flow.canvas.wrap(placed.column.label, HEAD, placed.width) for placed in columns]
    lines = max(map(len, labels))
    last = flow.y + HEAD.size + (lines - 1) * HEAD.leading
    flow.canvas.text(flow.left, last, content.wording["description"], HEAD)
    for placed, label in zip(columns, labels, strict=True):
        _right_aligned(flow.canvas, placed.right, last - (len(label) - 1) * HEAD.leading, label, HEAD)
    flow.y = last + PADDING
    flow.canvas.box(flow.left, flow.y, flow.right - flow.left, 0.9, INK)
    flow.y += 0.9


def _row(flow: Flow, content: Content, columns: list[_Placed], row: Row, width: float) -> None:
    cells = [flow.canvas.wrap(placed.column.value(row), BODY, placed.width) for placed in columns]
    text = [(line, BODY) for line in flow.canvas.wrap(row.description, BODY, width)]
    if row.sku:
        text += [(line, LABEL) for line in flow.canvas.wrap(row.sku, LABEL, width)]
    count = max(len(text), *map(len, cells))
    height = count * BODY.leading + 2 * PADDING
    # A row is kept together unless that would leave much of a page empty.
    if not flow.fits(min(height, flow.page_height * _KEPT_TOGETHER)):
        _next_page(flow, content, columns)
    flow.y += PADDING
    for index in range(count):
        if not flow.fits(BODY.leading):
            _next_page(flow, content, columns)
            flow.y += PADDING
        baseline = flow.y + BODY.size
        if index < len(text):
            flow.canvas.text(flow.left, baseline, *text[index])
        for placed, lines in zip(columns, cells, strict=True):
            if index < len(lines):
                flow.canvas.text_right(placed.right, baseline, lines[index], BODY)
        flow.y += BODY.leading
    flow.y += PADDING - 1
    flow.canvas.box(flow.left, flow.y, flow.right - flow.left, 0.5, LINE)
    flow.y += 0.5


def _next_page(flow: Flow, content: Content, columns: list[_Placed]) -> None:
    flow.new_page()
    _head(flow, content, columns)


def _right_aligned(canvas: Canvas, right: float, baseline: float, lines: list[str], style: Style) -> None:
    for index, line in enumerate(lines):
        canvas.text_right(right, baseline + index * style.leading, line, style)
