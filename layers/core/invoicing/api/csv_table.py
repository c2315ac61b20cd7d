"""Tables as CSV (RFC 4180), safe to open in a spreadsheet."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import orjson

from invoicing import exact_json
from invoicing.api.envelope import HttpResponse
from invoicing.api.query import CSV
from invoicing.domain.exports.writing import Writing

_FORMULA = tuple("=+-@\t\r\n＝＋－＠")
"""What begins a text that spreadsheets take for a formula, also in full width."""


_RFC_4180 = Writing()


def csv_response(
    file_name: str, columns: Sequence[str], rows: Iterable[Mapping[str, Any]], writing: Writing = _RFC_4180
) -> HttpResponse:
    """Return a table with a header, in UTF-8; ``file_name`` has only characters that need no quotes.

    What is null is an empty cell. A text that a spreadsheet would take for a formula gets an apostrophe before it.
    """
    text = io.StringIO(newline="")
    # Its dialect, "excel", is that of RFC 4180.
    table = csv.writer(text, delimiter=writing.delimiter)
    table.writerow(columns)
    table.writerows([_cell(row[name], writing.decimal) for name in columns] for row in rows)
    return HttpResponse(
        status=200,
        body=text.getvalue().encode("utf-8-sig" if writing.bom else "utf-8"),
        headers={"Content-Disposition": f'attachment; filename="{file_name}"'},
        content_type=f"{CSV}; charset=utf-8; header=present",
    )


def _cell(value: Any, decimal: str) -> Any:
    if isinstance(value, orjson.Fragment):
        return exact_json.dumps(value).decode().replace(".", decimal)  # a number, already written
    if not isinstance(value, str):
        return value
    return safe_text(value)


def safe_text(value: str) -> str:
    """Return a text with an apostrophe before it where a spreadsheet would take it for a formula.

    So do texts that look as if they had one already, that whoever takes off one gets each text back.
    """
    return f"'{value}" if value.lstrip("'").lstrip(" ").startswith(_FORMULA) else value
