"""Reports as files: spreadsheets and charts, which the documents layer makes."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from invoicing.api.envelope import HttpResponse

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SVG = "image/svg+xml"

_TYPES = {"xlsx": XLSX, "svg": SVG}

Rows = Sequence[Mapping[str, Any]]


class ReportTable(NamedTuple):
    """A report as a table: its name, the members beside its rows, the rows, and their fields where there is none."""

    name: str
    head: Mapping[str, Any]
    rows: Rows
    fields: Sequence[str] = ()

    @property
    def columns(self) -> Sequence[str]:
        """The names of its columns, which a table without rows has, too."""
        return list(self.rows[0]) if self.rows else self.fields

    @property
    def file_name(self) -> str:
        """The name of its file, without an ending."""
        return "-".join([self.name, *self.days])

    @property
    def days(self) -> list[str]:
        """The days that it is of: first and last, or one."""
        return [str(self.head[day]) for day in ("start_date", "end_date", "as_of") if day in self.head]


MakeFile = Callable[[str, ReportTable], bytes]
"""Makes the bytes of a format, ``xlsx`` or ``svg``."""


def is_file(wanted: str) -> bool:
    """Whether a format is one of those that the documents layer makes."""
    return wanted in _TYPES


def file_response(wanted: str, table: ReportTable, make: MakeFile) -> HttpResponse:
    """Return a spreadsheet, which browsers save, or a chart, which they show and in which nothing runs or is loaded."""
    is_chart = wanted == "svg"
    headers = {
        "Content-Disposition": f'{"inline" if is_chart else "attachment"}; filename="{table.file_name}.{wanted}"'
    }
    if is_chart:
        headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return HttpResponse(
        status=200,
        body=make(wanted, table),
        headers=headers,
        content_type=_TYPES[wanted],
        is_binary=not is_chart,
    )
