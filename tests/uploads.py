"""Files of each type, and their upload as clients do it."""

import io
import zipfile
from collections.abc import Mapping
from typing import Any

from invoicing.domain.files.types import CSV, JPEG, JSONL, PDF, PNG, TEXT, XLSX
from tests.aws import Aws
from tests.http import Response, call, request

PARTS = {"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>"}
HTML = b"<!DOCTYPE html><script>alert(1)</script>"


def packed(parts: Mapping[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip archive."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", how) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return made.getvalue()


GENUINE = {
    PDF: b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n",
    PNG: b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x02\x00\x00\x00",
    JPEG: b"\xff\xd8\xff\xe0\x00\x10JFIF\x00",
    CSV: "Datum;Stunden\r\n2026-01-02;7,5 € für Ähre\r\n".encode(),
    JSONL: b'{"hours": "7.5"}\n',
    TEXT: b"\xef\xbb\xbfHours\tof January\n",
    XLSX: packed(PARTS),
}
"""The smallest content of each type that passes the check."""


def a_pdf(size: int) -> bytes:
    """A PDF of so many bytes."""
    return b"%PDF-1.7\n" + b"%" * (size - 15) + b"\n%%EOF"


def declare(key: str, content_type: str = PDF, filename: str = "timesheet.pdf", **fields: Any) -> Response:
    """POST /files."""
    body = {"purpose": "attachment", "filename": filename, "content_type": content_type, "size": 1_000} | fields
    return call("files/create_file", request("POST", "/files", body, key=key))


def put(aws: Aws, form: Mapping[str, Any], content: bytes) -> None:
    """Upload with a form; S3 itself checks its conditions, moto does not."""
    aws.client("s3").put_object(
        Bucket=aws.environment["DOCUMENTS_BUCKET"],
        Key=form["fields"]["key"],
        Body=content,
        ContentType=form["fields"]["Content-Type"],
    )


def uploaded(aws: Aws, key: str, content: bytes = GENUINE[PDF], content_type: str = PDF, **fields: Any) -> Any:
    """A file with its content."""
    file = declare(key, content_type, **{"size": len(content)} | fields).data
    put(aws, file["upload"], content)
    return file


def file_request(method: str, key: str, file_id: str) -> Response:
    """GET or DELETE a file."""
    handler = {"GET": "files/get_file", "DELETE": "files/delete_file"}[method]
    return call(handler, request(method, f"/files/{file_id}", key=key, parameters={"file_id": file_id}))
