"""The check of a whole file before anything of it is imported: it makes the plan, and refuses what cannot be read."""

from invoicing.domain.errors import Detail, ValidationFailed
from invoicing.domain.imports.cells import unguarded
from invoicing.domain.imports.data_import import MOST_ROWS, Import
from invoicing.domain.imports.plan import Place, Plan, Planning
from invoicing.domain.imports.records import (
    DELIMITERS,
    Record,
    cells_of,
    delimiter_of,
    loose_cells_of,
    records_of,
    text_of,
    unreadable,
)
from invoicing.operations.imports._ports import ImportReader
from invoicing.operations.imports._source import Source


def checked_plan(data_import: Import, source: Source, reader: ImportReader) -> Plan:
    """Return the plan; nothing is written.

    `ValidationFailed` ``ENCODING_INVALID``, ``FILE_UNREADABLE``, ``FILE_EMPTY``, ``TOO_MANY_ROWS``, and as
    `ImportReader.require_header`, for a file of which nothing can be imported; what is wrong with single rows is found
    when they are imported.
    """
    is_csv = data_import.format == "csv"
    known = data_import.reading.delimiter if is_csv else ""
    first = next(records_of(source.blocks(), delimiters="".join(DELIMITERS) if known is None else known), None)
    if first is None:
        raise _refused("The file has no rows.", "FILE_EMPTY")
    layout = Plan(units=())
    if is_csv:
        layout = _layout(data_import, text_of(first, data_import.reading.encoding), reader)
    records = records_of(source.blocks(), delimiters=layout.delimiter)
    if is_csv:
        next(records)  # the header
    planning = Planning(joins=is_csv and data_import.type == "invoices")
    for record in records:
        if planning.count == MOST_ROWS:
            raise _refused(f"The file has more than {MOST_ROWS:,} rows; split it.", "TOO_MANY_ROWS")
        _add(planning, data_import, layout, record, reader)
    if not planning.count:
        raise _refused("The file has a header and no rows.", "FILE_EMPTY")
    return Plan(delimiter=layout.delimiter, header=layout.header, units=planning.units())


def _layout(data_import: Import, header: str, reader: ImportReader) -> Plan:
    delimiter = data_import.reading.delimiter or delimiter_of(header)
    try:
        cells = tuple(cell.strip() for cell in cells_of(header, delimiter))
    except ValidationFailed:
        message = (
            "line 1: the header is not CSV: quotes are misplaced, or lines end with CR alone instead of LF or CRLF."
        )
        raise unreadable(message) from None
    reader.require_header(data_import, cells)
    return Plan(delimiter=delimiter, header=cells, units=())


def _add(planning: Planning, data_import: Import, layout: Plan, record: Record, reader: ImportReader) -> None:
    text = text_of(record, data_import.reading.encoding)
    if not text.strip(f'{layout.delimiter} "'):
        return  # empty cells only, as spreadsheets leave them behind the last row
    place = Place(record.offset, len(record.content), record.line)
    try:
        row = reader.row(data_import, layout, text)
    except ValidationFailed:
        # Its own fault, unless it belongs to rows of the same invoice, which must not be imported without it.
        numbers, is_certain = _numbers_in(data_import, layout, text)
        if is_certain:
            planning.add(place, next(iter(numbers), None), "")
        else:
            planning.add_doubtful(place, numbers)
        return
    planning.add(place, reader.identity(data_import, row), reader.content(row))


def _numbers_in(data_import: Import, layout: Plan, text: str) -> tuple[list[str], bool]:
    """Return the numbers of the invoices that a row may belong to which cannot be read, and whether it can be no other.

    Too many or too few cells may have moved the number by as many; misplaced quotes may have joined rows.
    """
    names = [name.removeprefix("invoice.") for name in layout.header]
    if data_import.format != "csv" or data_import.type != "invoices" or "invoice_number" not in names:
        return [], True
    index = names.index("invoice_number")
    lines = [loose_cells_of(line, layout.delimiter) for line in text.splitlines()]
    found: list[str] = []
    for cells in lines:
        moved = abs(len(cells) - len(names))
        found += (unguarded(cell).strip() for cell in cells[max(0, index - moved) : index + moved + 1])
    is_certain = len(lines) == 1 and len(lines[0]) == len(names)
    return [number for number in found if number], is_certain


def _refused(message: str, code: str) -> ValidationFailed:
    return ValidationFailed(Detail("file", message, code))
