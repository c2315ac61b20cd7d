"""The check of a whole file before anything of it is imported: it makes the plan, and refuses what cannot be read."""

import hashlib
from itertools import chain

from invoicing.domain.errors import Detail, ValidationFailed
from invoicing.domain.imports.data_import import MOST_ROWS, Import
from invoicing.domain.imports.plan import Place, Plan, Planning
from invoicing.domain.imports.records import Record, cells_of, delimiter_of, records_of, text_of
from invoicing.operations.imports._ports import ImportReader
from invoicing.operations.imports._source import Source


def checked_plan(data_import: Import, source: Source, reader: ImportReader) -> Plan:
    """Return the plan; nothing is written.

    `ValidationFailed` ``ENCODING_INVALID``, ``FILE_UNREADABLE``, ``FILE_EMPTY``, ``TOO_MANY_ROWS``, and as
    `ImportReader.require_header`, for a file of which nothing can be imported; what is wrong with single rows is found
    when they are imported.
    """
    is_csv = data_import.format == "csv"
    records = records_of(source.blocks(), quoted=is_csv)
    first = next(records, None)
    if first is None:
        raise _refused("The file has no rows.", "FILE_EMPTY")
    layout = Plan(units=())
    if is_csv:
        layout = _layout(data_import, text_of(first, data_import.reading.encoding), reader)
    else:
        records = chain([first], records)
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
    cells = tuple(cell.strip() for cell in cells_of(header, delimiter))
    reader.require_header(data_import, cells)
    return Plan(delimiter=delimiter, header=cells, units=())


def _add(planning: Planning, data_import: Import, layout: Plan, record: Record, reader: ImportReader) -> None:
    text = text_of(record, data_import.reading.encoding)
    place = Place(record.offset, len(record.content), record.line)
    try:
        row = reader.row(data_import, layout, text)
    except ValidationFailed:
        # Its own fault, unless it belongs to rows of the same invoice, which must not be imported without it.
        planning.add(place, _number_in(data_import, layout, text), "")
        return
    planning.add(place, reader.identity(data_import, row), hashlib.sha256(text.encode()).hexdigest())


def _number_in(data_import: Import, layout: Plan, text: str) -> str | None:
    """Return the invoice that a row belongs to which is wrong in other cells."""
    if data_import.format != "csv" or "invoice_number" not in layout.header:
        return None
    try:
        cells = cells_of(text, layout.delimiter)
    except ValidationFailed:
        return None
    index = layout.header.index("invoice_number")
    return (cells[index].strip() or None) if index < len(cells) else None


def _refused(message: str, code: str) -> ValidationFailed:
    return ValidationFailed(Detail("file", message, code))
