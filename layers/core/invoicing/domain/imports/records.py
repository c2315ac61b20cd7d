"""The records of a file: lines, or of CSV what lies between two line ends outside quotes; as bytes, read in blocks."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from invoicing.domain.errors import Detail, ValidationFailed

BOM = b"\xef\xbb\xbf"
LONGEST_RECORD = 256_000
"""The most bytes of a record: an unclosed quote would make one of the rest of the file."""

DELIMITERS = (",", ";", "\t", "|")
_NAMES = {"utf-8": "UTF-8", "windows-1252": "Windows-1252", "iso-8859-1": "ISO 8859-1", "iso-8859-15": "ISO 8859-15"}


class Record(NamedTuple):
    """A record; ``offset`` is in bytes, ``line`` counts the lines of the file from 1."""

    offset: int
    line: int
    content: bytes


def records_of(blocks: Iterable[bytes], *, quoted: bool) -> Iterator[Record]:
    """Return the records with their line ends, but for empty lines; `ValidationFailed` ``FILE_UNREADABLE``.

    Line ends and quotes are the same byte in all encodings that imports can have.
    """
    offset, line = 0, 1
    pending: list[bytes] = []
    quotes = size = 0
    for piece in _lines(blocks):
        if not offset and not size and piece.startswith(BOM):
            offset, piece = len(BOM), piece[len(BOM) :]  # noqa: PLW2901
        pending.append(piece)
        size += len(piece)
        quotes += piece.count(b'"') if quoted else 0
        if size > LONGEST_RECORD:
            why = "a quote is not closed" if quotes % 2 else "the row is too long"
            raise unreadable(f"line {line}: {why}; a row has at most {LONGEST_RECORD:,} bytes.")
        if quotes % 2 == 0:
            yield from _record(offset, line, b"".join(pending))
            offset, line = offset + size, line + len(pending)
            pending, quotes, size = [], 0, 0
    if pending:
        raise unreadable(f"line {line}: a quote is not closed.")


def _record(offset: int, line: int, content: bytes) -> Iterator[Record]:
    if content.strip():
        yield Record(offset, line, content)


def _lines(blocks: Iterable[bytes]) -> Iterator[bytes]:
    rest = b""
    for block in blocks:
        *whole, rest = (rest + block).split(b"\n")
        yield from (line + b"\n" for line in whole)
        if len(rest) > LONGEST_RECORD:
            yield rest
            rest = b""
    if rest:
        yield rest


def text_of(record: Record, encoding: str) -> str:
    """Decode a record; `ValidationFailed` ``ENCODING_INVALID`` names line and byte of what the encoding has not."""
    try:
        text = record.content.decode(encoding)
    except UnicodeDecodeError as error:
        line = record.line + record.content.count(b"\n", 0, error.start)
        byte = record.content[error.start]
        say = "; say encoding: windows-1252, or what the file is in" if encoding == "utf-8" else ""
        message = f"line {line}, byte 0x{byte:02X}: not {_NAMES[encoding]}{say}."
        raise ValidationFailed(Detail("encoding", message, "ENCODING_INVALID", encoding)) from None
    if "\0" in text:
        message = f"line {record.line}: the file has null bytes, as UTF-16 has; save it as UTF-8."
        raise ValidationFailed(Detail("encoding", message, "ENCODING_INVALID", encoding))
    return text.rstrip("\r\n")


def cells_of(text: str, delimiter: str) -> list[str]:
    """Return the cells of a row of CSV (RFC 4180); `ValidationFailed` ``ROW_INVALID``."""
    try:
        (cells,) = csv.reader([text], delimiter=delimiter, strict=True)
    except (csv.Error, ValueError):
        raise ValidationFailed(Detail("", "The row is not CSV: quotes are misplaced.", "ROW_INVALID")) from None
    return cells


def delimiter_of(header: str) -> str:
    """Return the delimiter that makes the most columns of a header row; a comma of a single one."""
    return max(DELIMITERS, key=lambda each: _width(header, each))


def _width(header: str, delimiter: str) -> int:
    try:
        return len(cells_of(header, delimiter))
    except ValidationFailed:
        return 0


def require_width(cells: Sequence[str], header: Sequence[str]) -> None:
    """Raise `ValidationFailed` ``ROW_INVALID`` unless a row has as many cells as the header."""
    if len(cells) != len(header):
        message = f"The row has {len(cells)} cells, and the header {len(header)}."
        raise ValidationFailed(Detail("", message, "ROW_INVALID"))


def unreadable(message: str) -> ValidationFailed:
    """Return the error of a file that cannot be taken apart."""
    return ValidationFailed(Detail("file", message, "FILE_UNREADABLE"))
