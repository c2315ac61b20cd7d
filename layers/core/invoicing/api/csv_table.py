"""Tables as CSV (RFC 4180), safe to open in a spreadsheet."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import orjson

from invoicing import exact_json
from invoicing.api.envelope import HttpResponse
from invoicing.api.query import CSV

_FORMULA = tuple("=+-@\t\r\n＝＋－＠")
"""What begins a text that spreadsheets take for a formula, also in full width."""


def csv_response(file_name: str, columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> HttpResponse:
    """Return a table with a header, in UTF-8; ``file_name`` has only characters that need no quotes.

    What is null is an empty cell. A text that a spreadsheet would take for a formula gets an apostrophe before it.
    """
    text = io.StringIO(newline="")
    table = csv.writer(text)  # its dialect, "excel", is that of RFC 4180
    table.writerow(columns)
    table.writerows([_cell(row[name]) for name in columns] for row in rows)
    return HttpResponse(
        status=200,
        body=text.getvalue().encode(),
        headers={"Content-Disposition": f'attachment; filename="{file_name}"'},
        content_type=f"{CSV}; charset=utf-8; header=present",
    )


def _cell(value: Any) -> Any:
    if isinstance(value, orjson.Fragment):
        return exact_json.dumps(value).decode()  # a number, already written
    if not isinstance(value, str):
        return value
    return f"'{value}" if value.lstrip(" ").startswith(_FORMULA) else value
