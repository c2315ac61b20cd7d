"""Whether the content of a file is of the type that it says, by what the bytes are and not by its name."""

import io
import re
import zipfile
import zlib
from collections.abc import Callable

from invoicing.domain.files.types import CSV, JPEG, JSONL, PDF, PNG, TEXT, XLSX

MOST_UNPACKED = 50_000_000
"""The most bytes that a spreadsheet may unpack to."""

_CHUNK = 1 << 16
_CONTROLS = frozenset(map(chr, range(32))) - set("\t\n\r\f") | {"\x7f"}
_PROGRAMS = r"<!doctype|<html|<head|<body|<script|<svg|<\?xml|%pdf-|\{\\rtf"
_OTHER_HTML = r"<!--|<(?:iframe|h1|div|font|table|style|title|a|b|br|p|img)[\s/>]"
_MARKUP = re.compile(rf"\s*(?:{_PROGRAMS}|{_OTHER_HTML})", re.IGNORECASE)
"""What begins so is made for a program, whatever a text may otherwise contain; HTML by what browsers tell it by."""

_PACKED = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_OF_WORKBOOKS = frozenset({"[Content_Types].xml", "xl/workbook.xml"})
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError, ValueError)


def mismatch(content: bytes, content_type: str) -> str | None:
    """Say what is wrong with content of a declared type, as the end of a sentence; None when it is of that type."""
    if not content:
        return "the file is empty"
    return _CHECKS[content_type](content)


def _pdf(content: bytes) -> str | None:
    is_pdf = content.startswith((b"%PDF-1.", b"%PDF-2.")) and b"%%EOF" in content[-1024:]
    return None if is_pdf else "the content is not a PDF"


def _png(content: bytes) -> str | None:
    is_png = content.startswith(b"\x89PNG\r\n\x1a\n") and content[12:16] == b"IHDR"
    return None if is_png else "the content is not a PNG image"


def _jpeg(content: bytes) -> str | None:
    return None if content.startswith(b"\xff\xd8\xff") else "the content is not a JPEG image"


def _text(content: bytes) -> str | None:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return "the content is not text in UTF-8"
    if not _CONTROLS.isdisjoint(text):
        return "the text has control characters"
    if _MARKUP.match(text):
        return "the content is markup"
    return None


def _xlsx(content: bytes) -> str | None:
    if not content.startswith(b"PK\x03\x04"):
        return "the content is not an XLSX workbook"
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as workbook:
            names = set(workbook.namelist())
            if not names >= _OF_WORKBOOKS:
                return "the content is not an XLSX workbook"
            if any(name.lower().endswith("vbaproject.bin") for name in names):
                return "the workbook has macros"
            return _unpacked(workbook)
    except _BROKEN:
        return "the workbook is damaged or encrypted"


def _unpacked(workbook: zipfile.ZipFile) -> str | None:
    """Unpack everything, as the sizes that a workbook states may be wrong."""
    left = MOST_UNPACKED
    for member in workbook.infolist():
        if member.compress_type not in _PACKED:
            return "the workbook is packed in an unusual way"
        with workbook.open(member) as stream:
            while chunk := stream.read(_CHUNK):
                left -= len(chunk)
                if left < 0:
                    return f"the workbook unpacks to more than {MOST_UNPACKED:,} bytes"
    return None


_CHECKS: dict[str, Callable[[bytes], str | None]] = {
    PDF: _pdf,
    PNG: _png,
    JPEG: _jpeg,
    CSV: _text,
    JSONL: _text,
    TEXT: _text,
    XLSX: _xlsx,
}
