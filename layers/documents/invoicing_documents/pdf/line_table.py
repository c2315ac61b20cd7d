"""Tables of documents, such as the lines of an invoice; the head is repeated on every page."""

from collections.abc import Callable
from itertools import accumulate

from invoicing.dataclass import dataclass
from invoicing_documents.content import Content
from invoicing_documents.parties import Field
from invoicing_documents.pdf.flow import Flow
from invoicing_documents.pdf.theme import BODY, HEAD, INK, LABEL, LINE, QUIET, STRONG
from invoicing_documents.pdf.typesetter import Style

GAP = 14.0
PADDING = 4.5
KEPT_TOGETHER = 0.2  # of a page's height
_LINE = BODY.leading + 2 * PADDING  # a row of one line
_NARROWEST = 90.0  # of texts beside the columns
_WIDEST_WORD = 130.0  # of a head


@dataclass(frozen=True, slots=True)
class Column:
    """A column of numbers, aligned to its end."""

    label: str
    widest: float


@dataclass(frozen=True, slots=True)
class TableRow:
    """A text with a note below it, and its values, one for each column; ``lead`` stands before it.

    ``details`` stand below, their values in the column of `Table.amounts`.
    """

    text: str
    note: str
    values: tuple[str, ...]
    lead: str = ""
    details: tuple[Field, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table; ``heading`` is that of the texts, which fill the space beside the columns, ``lead`` that of leads.

    ``amounts`` is the index of the column that has the values of details. ``carried`` returns what is carried forward
    in that column to a new page: the sum of so many rows, with its label.
    """

    heading: str
    columns: tuple[Column, ...]
    rows: tuple[TableRow, ...]
    lead: str = ""
    amounts: int = 0
    carried: Callable[[int], Field] | None = None


@dataclass(frozen=True, slots=True)
class _Placed:
    """The end of a column, and the most width of its text."""

    column: Column
    end: float
    width: float


@dataclass(frozen=True, slots=True)
class _Layout:
    """A table with the positions of its columns; its texts begin at ``start`` and are at most ``width`` wide."""

    table: Table
    columns: list[_Placed]
    start: float
    width: float


@dataclass(frozen=True, slots=True)
class _Lines:
    """A row broken into lines: those of its text with their styles, and those of each value."""

    text: list[tuple[str, Style]]
    cells: list[list[tuple[str, Style]]]

    @property
    def count(self) -> int:
        """The number of lines that the row takes."""
        return max(len(self.text), *map(len, self.cells))


def draw_lines(flow: Flow, content: Content) -> None:
    """Draw all lines of the invoice and move below them; a credit note may have none, only charges."""
    if not content.rows:
        return
    wording = content.wording
    shown = []
    if content.shows("quantity"):
        shown.append((Column(wording.stacked("quantity"), 90), [row.quantity for row in content.rows]))
    if content.shows("unit_price"):
        shown.append((Column(wording.stacked("unit_price"), 100), [row.unit_price for row in content.rows]))
    if content.has_taxes:
        shown.append((Column(wording.stacked("tax"), 55), [row.tax for row in content.rows]))
    amounts = len(shown)
    shown.append((Column(wording.stacked("amount"), 105), [row.amount for row in content.rows]))
    if content.has_discounts:  # after the amount, which it is taken off
        shown.append((Column(wording.stacked("discount"), 75), [row.discount for row in content.rows]))
    by_row = zip(*(values for _, values in shown), strict=True)
    rows = tuple(
        TableRow(row.description, row.note, values, details=row.adjustments)
        for row, values in zip(content.rows, by_row, strict=True)
    )
    table = Table(wording["description"], tuple(column for column, _ in shown), rows, "", amounts, _carried_of(content))
    draw_table(flow, table)


def _carried_of(content: Content) -> Callable[[int], Field]:
    """Return what is carried forward below so many lines: the sum of what the column of amounts shows of them."""
    sums = tuple(accumulate(row.minor for row in content.rows))
    wording = content.wording
    return lambda count: Field(wording["carried_forward"], wording.amount(sums[count - 1], content.currency))


def draw_table(flow: Flow, table: Table) -> None:
    """Draw a table and move below it; its last row stays with what follows.

    What is carried forward stands at the foot of a page and at the head of the next, but not where a row is split.
    """
    layout = _layout(flow, table)
    head = flow.height_of(lambda: _head(flow, layout))
    carried = _LINE if table.carried else 0.0
    room = flow.page_height - head - 2 * carried
    for index, row in enumerate(table.rows):
        lines = _lines(flow, layout, row)
        height = lines.count * BODY.leading + 2 * PADDING
        is_split = height > room  # only where it is taller than a page
        if is_split:
            height = 0 if index else _LINE
        elif index < len(table.rows) - 1:
            height += carried
        elif height + flow.follows <= room:
            height += flow.follows
        if not flow.fits(height + (0 if index else head)):
            _continue(flow, layout, index)
        elif not index:
            _head(flow, layout)
        _row(flow, layout, row, lines)


def _layout(flow: Flow, table: Table) -> _Layout:
    """Lay out the columns: each as wide as its widest text, up to its limit; the texts have the rest."""
    placed = []
    end = flow.end
    for index, column in reversed(list(enumerate(table.columns))):
        texts = {line for row in table.rows for line in row.values[index].split("\n")}
        if index == table.amounts:
            texts.update(field.value for row in table.rows for field in row.details)
        widest = max(flow.canvas.measure(text, BODY) for text in texts)
        if index == table.amounts and table.carried:
            widest = max(widest, flow.canvas.measure(table.carried(len(table.rows)).value, STRONG))
        head = max(flow.canvas.measure(word, HEAD) for word in column.label.split())
        heads = column.label.split("\n")
        most = 60 if len(heads) == 1 else column.widest
        whole_head = min(max(flow.canvas.measure(each, HEAD) for each in heads), most)
        width = min(max(head, widest, whole_head), max(column.widest, min(head, _WIDEST_WORD)))
        placed.append(_Placed(column, end, width))
        end -= width + GAP
    start = flow.start
    if table.lead:
        leads = {row.lead for row in table.rows}
        start += GAP + max(flow.canvas.measure(table.lead, HEAD), *(flow.canvas.measure(lead, BODY) for lead in leads))
    if end - start < _NARROWEST:
        placed, end = _narrowed(placed, start + _NARROWEST, flow.end)
    return _Layout(table, placed[::-1], start, end - start)


def _narrowed(placed: list[_Placed], start: float, end: float) -> tuple[list[_Placed], float]:
    """Return columns, the last first, that are narrower by one factor, so that they and their gaps begin at a start."""
    gaps = len(placed) * GAP
    factor = (end - start - gaps) / sum(each.width for each in placed)
    narrow = []
    for each in placed:
        narrow.append(_Placed(each.column, end, each.width * factor))
        end -= each.width * factor + GAP
    return narrow, end


def _head(flow: Flow, layout: _Layout) -> None:
    labels = [flow.canvas.wrap(placed.column.label, HEAD, placed.width) for placed in layout.columns]
    lines = max(map(len, labels))
    last = flow.y + HEAD.size + (lines - 1) * HEAD.leading
    if layout.table.lead:
        flow.canvas.text(flow.start, last, layout.table.lead, HEAD)
    flow.canvas.text(layout.start, last, layout.table.heading, HEAD)
    for placed, label in zip(layout.columns, labels, strict=True):
        for index, line in enumerate(label, start=1 - len(label)):
            flow.canvas.number(placed.end - placed.width, placed.end, last + index * HEAD.leading, line, HEAD)
    flow.y = last + PADDING
    flow.canvas.box(flow.start, flow.y, flow.end - flow.start, 0.9, INK)
    flow.y += 0.9


def _continue(flow: Flow, layout: _Layout, rows: int = 0) -> None:
    """Go to a new page, with the head of the table; what so many rows add up to is carried forward."""
    field = layout.table.carried(rows) if layout.table.carried and rows else None
    if field and flow.fits(_LINE):  # there is no room after a row that is split
        _draw_carried(flow, layout, field)
    flow.new_page()
    _head(flow, layout)
    if field:
        _draw_carried(flow, layout, field)


def _draw_carried(flow: Flow, layout: _Layout, field: Field) -> None:
    """Draw a sum that is carried forward in the column of amounts, its label in that of texts."""
    placed = layout.columns[layout.table.amounts]
    flow.y += PADDING
    label = flow.canvas.wrap(field.label, QUIET, layout.width)[0]
    flow.canvas.text(layout.start, flow.y + BODY.size, label, QUIET)
    style = flow.canvas.fitting(field.value, STRONG, placed.width)
    flow.canvas.number(placed.end - placed.width, placed.end, flow.y + BODY.size, field.value, style)
    flow.y += BODY.leading + PADDING - 1
    flow.canvas.box(flow.start, flow.y, flow.end - flow.start, 0.5, LINE)
    flow.y += 0.5


def _lines(flow: Flow, layout: _Layout, row: TableRow) -> _Lines:
    """Break the texts of a row into lines."""
    canvas = flow.canvas
    cells = [_cell(flow, text, placed.width) for placed, text in zip(layout.columns, row.values, strict=True)]
    text = [(line, BODY) for line in canvas.wrap(row.text, BODY, layout.width)]
    if row.note:
        text += [(line, LABEL) for line in canvas.wrap(row.note, LABEL, layout.width)]
    for field in row.details:
        amounts = cells[layout.table.amounts]
        amounts += [("", BODY)] * (len(text) - len(amounts))
        amounts += _cell(flow, field.value, layout.columns[layout.table.amounts].width)
        text += [(line, LABEL) for line in canvas.wrap(field.label, LABEL, layout.width)]
    return _Lines(text, cells)


def _cell(flow: Flow, text: str, width: float) -> list[tuple[str, Style]]:
    style = flow.canvas.fitting(text, BODY, width)
    return [(line, style) for line in flow.canvas.wrap(text, style, width)]


def _row(flow: Flow, layout: _Layout, row: TableRow, lines: _Lines) -> None:
    canvas, text = flow.canvas, lines.text
    flow.y += PADDING
    for index in range(lines.count):
        if not flow.fits(BODY.leading):
            _continue(flow, layout)
            flow.y += PADDING
        baseline = flow.y + BODY.size
        if index == 0 and row.lead:
            canvas.text(flow.start, baseline, row.lead, BODY)
        if index < len(text):
            canvas.text(layout.start, baseline, *text[index])
        _draw_values(flow, layout, [cell[index] if index < len(cell) else ("", BODY) for cell in lines.cells])
        flow.y += BODY.leading
    flow.y += PADDING - 1
    canvas.box(flow.start, flow.y, flow.end - flow.start, 0.5, LINE)
    flow.y += 0.5


def _draw_values(flow: Flow, layout: _Layout, values: list[tuple[str, Style]]) -> None:
    for placed, (value, style) in zip(layout.columns, values, strict=True):
        if value:
            flow.canvas.number(placed.end - placed.width, placed.end, flow.y + BODY.size, value, style)
