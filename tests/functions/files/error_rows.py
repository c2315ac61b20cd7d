"""Errors of files; those of attachments that need an upload are in tests/functions/test_attachments.py."""

from tests.functions.conftest import NEW_INVOICE
from tests.functions.error_rows import missing, wrong

CREATE, ATTACH = "files/create_file", "invoices/create_invoice"
PDF = {"purpose": "attachment", "filename": "a.pdf", "content_type": "application/pdf", "size": 10}

ROWS = [
    *(missing("FILE_NOT_FOUND", file, file_id="no") for file in ("files/get_file", "files/delete_file")),
    wrong("content_type", "FILE_TYPE_UNSUPPORTED", CREATE, PDF | {"content_type": "text/html"}),
    wrong("content_type", "FILE_TYPE_UNSUPPORTED", CREATE, PDF | {"purpose": "logo"}),
    wrong("size", "FILE_TOO_LARGE", CREATE, PDF | {"size": 5_000_001}),
    wrong("size", "VALUE_INVALID", CREATE, PDF | {"size": 0}),
    wrong("purpose", "VALUE_INVALID", CREATE, PDF | {"purpose": "fun"}),
    wrong("attachments[0]", "FILE_NOT_FOUND", ATTACH, NEW_INVOICE | {"attachments": ["file_no"]}),
    wrong("attachments[1]", "FILE_REPEATED", ATTACH, NEW_INVOICE | {"attachments": ["file_no", "file_no"]}),
    wrong(
        "attachments[0]",
        "FILE_NOT_FOUND",
        "invoices/update_invoice",
        {"attachments": ["file_no"]},
        invoice_id="{draft_id}",
    ),
]
