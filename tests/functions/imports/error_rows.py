"""Errors of imports; those of their rows are in tests/operations/imports."""

from tests.functions.error_rows import bad, conflict, missing, wrong

CREATE, LIST = "imports/create_import", "imports/list_imports"
NEW = {"type": "customers", "format": "csv"}
INLINE = NEW | {"data": "name\nAda\n"}

ROWS = [
    *(missing("IMPORT_NOT_FOUND", file, import_id="no") for file in ("imports/get_import", "imports/stop_import")),
    wrong("file", "FILE_NOT_FOUND", CREATE, NEW | {"file": "file_no"}),
    wrong("type", "VALUE_INVALID", CREATE, INLINE | {"type": "payments"}),
    wrong("", "SOURCE_INVALID", CREATE, NEW),
    wrong("", "SOURCE_INVALID", CREATE, INLINE | {"file": "file_no"}),
    wrong("", "OPTION_INVALID", CREATE, INLINE | {"format": "jsonl", "decimal": ","}),
    wrong("", "OPTION_INVALID", CREATE, INLINE | {"encoding": "windows-1252"}),
    conflict("IMPORT_ENDED", "imports/stop_import", import_id="{ended_import_id}"),
    *(
        bad("INVALID_QUERY", LIST, query=f"?{name}={value}", at=name, why=why)
        for name, value, why in (
            ("status", "lost", "VALUE_INVALID"),
            ("type", "payments", "VALUE_INVALID"),
            ("customer_id", "cust_1", "PARAMETER_UNKNOWN"),
            ("sort", "status", "VALUE_INVALID"),
        )
    ),
]

ELSEWHERE = frozenset(
    [
        "IMPORT_RUNNING",
        "ENCODING_INVALID",
        "FILE_UNREADABLE",
        "FILE_EMPTY",
        "TOO_MANY_ROWS",
        "COLUMN_UNKNOWN",
        "COLUMN_REPEATED",
        "COLUMN_MISSING",
        "ROW_INVALID",
        "ROW_REPEATED",
        "ROWS_DIFFER",
        "OTHER_ROW_FAILED",
        "TOTAL_MISMATCH",
        "STATUS_MISMATCH",
        "PAYMENTS_CONFLICT",
    ]
)
"""Codes of files and rows, which no response has as its error; and that of a second import."""
