"""Errors of files."""

from tests.functions.error_rows import missing, wrong

CREATE = "files/create_file"
PDF = {"purpose": "attachment", "filename": "a.pdf", "content_type": "application/pdf", "size": 10}

ROWS = [
    *(missing("FILE_NOT_FOUND", file, file_id="no") for file in ("files/get_file", "files/delete_file")),
    wrong("content_type", "FILE_TYPE_UNSUPPORTED", CREATE, PDF | {"content_type": "text/html"}),
    wrong("content_type", "FILE_TYPE_UNSUPPORTED", CREATE, PDF | {"purpose": "logo"}),
    wrong("size", "FILE_TOO_LARGE", CREATE, PDF | {"size": 5_000_001}),
    wrong("size", "VALUE_INVALID", CREATE, PDF | {"size": 0}),
    wrong("purpose", "VALUE_INVALID", CREATE, PDF | {"purpose": "fun"}),
]
