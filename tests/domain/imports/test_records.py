"""Records of a file: the same whatever blocks it is read in, each at its place."""

import csv
import io
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invoicing.domain.errors import ValidationFailed
from invoicing.domain.imports.records import LONGEST_RECORD, cells_of, delimiter_of, records_of, text_of

CELLS = st.text(st.sampled_from('ab",;\n\t é'), max_size=6)


def blocks_of(content: bytes, size: int) -> list[bytes]:
    return [content[at : at + size] for at in range(0, len(content), size)]


@given(st.lists(st.lists(CELLS, min_size=2, max_size=3), max_size=6), st.integers(1, 40), st.booleans())
def test_what_was_written_is_read(rows: list[list[str]], size: int, marked: bool) -> None:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=";").writerows(rows)
    content = (b"\xef\xbb\xbf" if marked else b"") + text.getvalue().encode()
    found = list(records_of(blocks_of(content, size), delimiters=";"))
    assert [cells_of(text_of(each, "utf-8"), ";") for each in found] == rows
    for each in found:
        assert content[each.offset : each.offset + len(each.content)] == each.content
        assert each.line == content[: each.offset].count(b"\n") + 1


@given(st.binary(max_size=200), st.integers(1, 50), st.booleans())
def test_any_bytes_are_read_or_refused(content: bytes, size: int, quoted: bool) -> None:
    with suppress(ValidationFailed):
        for record in records_of(blocks_of(content, size), delimiters="," if quoted else ""):
            cells_of(text_of(record, "utf-8"), ",")


@pytest.mark.parametrize("size", [1000, 10**6])
@pytest.mark.parametrize("content", [b'a,"' + b"x\n" * LONGEST_RECORD, b"x" * (LONGEST_RECORD + 1)])
def test_a_row_has_an_end(content: bytes, size: int) -> None:
    with pytest.raises(ValidationFailed, match=r"line 1: .* at most 256,000"):
        list(records_of(blocks_of(content, size), delimiters=","))


@pytest.mark.parametrize(
    ("header", "delimiter"),
    [("a,b", ","), ("a;b;c", ";"), ("a\tb", "\t"), ("a|b", "|"), ("a", ","), ('"a,b";c;d', ";")],
)
def test_the_header_tells_the_delimiter(header: str, delimiter: str) -> None:
    assert delimiter_of(header) == delimiter
