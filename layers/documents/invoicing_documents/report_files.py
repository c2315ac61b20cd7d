"""Reports as spreadsheets (Office Open XML) with typed cells: no formulas, no links.

Nothing is loaded before a file is made: most reports are read as JSON.
"""

from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING, Any

import orjson

from invoicing.api.outputs.report_files import ReportTable

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

_DATES = frozenset({"start", "end"})

_MADE = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
"""When files say that they were made: always the same, so that the same report is the same file."""

_MOST_DIGITS = 15
"""Digits that a number of a spreadsheet keeps; what has more stays exact as text."""

_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def report_file(wanted: str, table: ReportTable) -> bytes:
    """Return a report as ``xlsx``, a spreadsheet, or as ``svg``, a chart; the same report gives the same bytes.

    `InvalidRequest` as `chart`.
    """
    if wanted == "svg":
        from invoicing_documents.report_charts import chart  # noqa: PLC0415

        return chart(table).encode()
    return spreadsheet(table)


def spreadsheet(table: ReportTable) -> bytes:
    """Return a workbook of one sheet: a row for each row of the report, below the names of its fields."""
    from xlsxwriter.workbook import Workbook  # noqa: PLC0415

    file = BytesIO()
    book = Workbook(file, _OPTIONS)
    book.set_properties({"title": table.file_name, "created": _MADE})
    sheet = book.add_worksheet(table.name)
    bold = book.add_format({"bold": True})
    columns = table.columns
    for column, name in enumerate(columns):
        sheet.write_string(0, column, name, bold)
        sheet.set_column(column, column, max(len(name) + 2, 12))
    sheet.freeze_panes(1, 0)
    cells = _Cells(book, sheet)
    for place, row in enumerate(table.rows, 1):
        for column, name in enumerate(columns):
            cells.write(place, column, name, row[name])
    book.close()
    return file.getvalue()


class _Cells:
    """Writes values by their types; formats are made once for each number of decimals."""

    def __init__(self, book: "Workbook", sheet: "Worksheet") -> None:
        self._book, self._sheet = book, sheet
        self._formats: dict[str, Format] = {}

    def write(self, row: int, column: int, name: str, value: Any) -> None:
        """Write a number with its decimals, a date as a date, and all else as the text it is; null is empty."""
        if value is None:
            return
        if name in _DATES:
            self._sheet.write_datetime(row, column, date.fromisoformat(value), self._format("yyyy-mm-dd"))
        elif isinstance(value, orjson.Fragment):
            self._number(row, column, orjson.dumps(value).decode())
        elif isinstance(value, int):
            self._sheet.write_number(row, column, value, self._format("0"))
        else:
            self._sheet.write_string(row, column, str(value))

    def _number(self, row: int, column: int, digits: str) -> None:
        number = Decimal(digits)
        if len(number.as_tuple().digits) > _MOST_DIGITS:
            self._sheet.write_string(row, column, digits)
            return
        decimals = max(0, -int(number.as_tuple().exponent))
        self._sheet.write_number(row, column, number, self._format(f"#,##0.{'0' * decimals}" if decimals else "#,##0"))

    def _format(self, of: str) -> "Format":
        if of not in self._formats:
            self._formats[of] = self._book.add_format({"num_format": of})
        return self._formats[of]
