"""Tables of documents, such as the lines of an invoice; the head is repeated on every page."""

from dataclasses import dataclass

from invoicing_documents.content import Content
from invoicing_documents.parties import Field
from invoicing_documents.pdf.flow import Flow
from invoicing_documents.pdf.theme import BODY, HEAD, INK, LABEL, LINE
from invoicing_documents.pdf.typesetter import Style

GAP = 14.0
PADDING = 4.5
KEPT_TOGETHER = 0.2  # of a page's height
_LINE = BODY.leading + 2 * PADDING  # a row of one line


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

    ``amounts`` is the index of the column that has the values of details.
    """

    heading: str
    columns: tuple[Column, ...]
    rows: tuple[TableRow, ...]
    lead: str = ""
    amounts: int = 0


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
    cells: list[list[str]]

    @property
    def count(self) -> int:
        """The number of lines that the row takes."""
        return max(len(self.text), *map(len, self.cells))


def draw_lines(flow: Flow, content: Content) -> None:
    """Draw all lines of the invoice and move below them; a credit note may have none, only charges."""
    if not content.rows:
        return
    wording = content.wording
    shown = [
        (Column(wording["quantity"], 90), [row.quantity for row in content.rows]),
        (Column(wording["unit_price"], 100), [row.unit_price for row in content.rows]),
    ]
    if content.has_taxes:
        shown.append((Column(wording["tax"], 55), [row.tax for row in content.rows]))
    amounts = len(shown)
    shown.append((Column(wording["amount"], 105), [row.amount for row in content.rows]))
    if content.has_discounts:  # after the amount, which it is taken off
        shown.append((Column(wording["discount"], 75), [row.discount for row in content.rows]))
    by_row = zip(*(values for _, values in shown), strict=True)
    rows = tuple(
        TableRow(row.description, row.note, values, details=row.adjustments)
        for row, values in zip(content.rows, by_row, strict=True)
    )
    draw_table(flow, Table(wording["description"], tuple(column for column, _ in shown), rows, amounts=amounts))


def draw_table(flow: Flow, table: Table) -> None:
    """Draw a table and move below it; its last row stays with what follows."""
    layout = _layout(flow, table)
    head = flow.height_of(lambda: _head(flow, layout))
    room = flow.page_height - head
    for index, row in enumerate(table.rows):
        lines = _lines(flow, layout, row)
        height = lines.count * BODY.leading + 2 * PADDING
        if index == len(table.rows) - 1 and height + flow.follows <= room:
            height += flow.follows
        if height > room:  # only a row that is taller than a page is split
            height = 0 if index else _LINE
        if not flow.fits(height + (0 if index else head)):
            _continue(flow, layout)
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
        head = max(flow.canvas.measure(word, HEAD) for word in column.label.split())
        whole_head = min(flow.canvas.measure(column.label, HEAD), 60)
        width = max(head, min(max(widest, whole_head), column.widest))
        placed.append(_Placed(column, end, width))
        end -= width + GAP
    start = flow.start
    if table.lead:
        leads = {row.lead for row in table.rows}
        start += GAP + max(flow.canvas.measure(table.lead, HEAD), *(flow.canvas.measure(lead, BODY) for lead in leads))
    return _Layout(table, placed[::-1], start, end - start)


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


def _continue(flow: Flow, layout: _Layout) -> None:
    """Go to a new page, with the head of the table."""
    flow.new_page()
    _head(flow, layout)


def _lines(flow: Flow, layout: _Layout, row: TableRow) -> _Lines:
    """Break the texts of a row into lines."""
    canvas = flow.canvas
    cells = [canvas.wrap(text, BODY, placed.width) for placed, text in zip(layout.columns, row.values, strict=True)]
    text = [(line, BODY) for line in canvas.wrap(row.text, BODY, layout.width)]
    if row.note:
        text += [(line, LABEL) for line in canvas.wrap(row.note, LABEL, layout.width)]
    for field in row.details:
        amounts = cells[layout.table.amounts]
        amounts += [""] * (len(text) - len(amounts))
        amounts += canvas.wrap(field.value, BODY, layout.columns[layout.table.amounts].width)
        text += [(line, LABEL) for line in canvas.wrap(field.label, LABEL, layout.width)]
    return _Lines(text, cells)


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
        _draw_values(flow, layout, [cell[index] if index < len(cell) else "" for cell in lines.cells])
        flow.y += BODY.leading
    flow.y += PADDING - 1
    canvas.box(flow.start, flow.y, flow.end - flow.start, 0.5, LINE)
    flow.y += 0.5


def _draw_values(flow: Flow, layout: _Layout, values: list[str]) -> None:
    for placed, value in zip(layout.columns, values, strict=True):
        if value:
            flow.canvas.number(placed.end - placed.width, placed.end, flow.y + BODY.size, value, BODY)
