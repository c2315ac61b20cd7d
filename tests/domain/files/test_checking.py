"""Files are what they say, by their bytes."""

import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invoicing.domain.files import checking
from invoicing.domain.files.checking import mismatch
from invoicing.domain.files.types import CSV, ENDINGS, JSONL, TEXT, XLSX
from tests.uploads import GENUINE, HTML, PARTS, packed

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'


@pytest.mark.parametrize("content_type", GENUINE)
def test_each_type_accepts_its_own(content_type: str) -> None:
    assert mismatch(GENUINE[content_type], content_type) is None


@pytest.mark.parametrize("content_type", GENUINE)
def test_no_type_accepts_another_one_or_nothing_or_markup(content_type: str) -> None:
    texts = {CSV, JSONL, TEXT}
    alike = texts if content_type in texts else {content_type}
    for other in [b"", HTML, SVG, b" \n" + HTML, *(GENUINE[name] for name in GENUINE.keys() - alike)]:
        assert mismatch(other, content_type), other[:20]


@pytest.mark.parametrize("content_type", [CSV, JSONL, TEXT])
@pytest.mark.parametrize("begins", ["<!-- x --><html>", "<IFRAME src=x>", "\t<a href=x>", "<p>", "<svg:svg", "<br/>"])
def test_markup_is_told_as_browsers_tell_it(content_type: str, begins: str) -> None:
    assert mismatch(begins.encode(), content_type) == "the content is markup"
    assert mismatch(f"Text: {begins}".encode(), content_type) is None


@pytest.mark.parametrize("text", ["<5 h;7", "<b5>", "<-- see below", "<address>;city"])
def test_not_all_that_begins_with_a_sign_is_markup(text: str) -> None:
    assert mismatch(text.encode(), CSV) is None


@given(st.binary(max_size=300), st.sampled_from(sorted(ENDINGS)))
def test_any_bytes_have_an_answer(content: bytes, content_type: str) -> None:
    for bytes_ in (content, GENUINE[content_type][:20] + content, GENUINE[XLSX][: len(content)] + content):
        found = mismatch(bytes_, content_type)
        assert found is None or found.isprintable()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (packed({"word/document.xml": b"", "[Content_Types].xml": b""}), "not an XLSX"),
        (packed({"a.txt": b"x"}), "not an XLSX"),
        (packed(PARTS | {"xl/vbaProject.bin": b"x"}), "macros"),
        (packed(PARTS, zipfile.ZIP_LZMA), "unusual"),
        (GENUINE[XLSX][:-10], "damaged"),
        (GENUINE[XLSX].replace(b"\x14\x00\x00\x00", b"\x14\x00\x01\x00"), "encrypted"),
    ],
)
def test_a_workbook_is_a_plain_package_of_its_parts(content: bytes, says: str) -> None:
    assert says in str(mismatch(content, XLSX))


def test_a_workbook_is_unpacked_to_the_limit_whatever_it_states(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "MOST_UNPACKED", 100_000)
    fits = PARTS | {"xl/sheet.xml": b"0" * (100_000 - sum(map(len, PARTS.values())))}
    assert mismatch(packed(fits), XLSX) is None
    bomb = packed(fits | {"xl/more.xml": b"0"})
    assert "100,000" in str(mismatch(bomb, XLSX))
    size = (100_000 - sum(map(len, PARTS.values()))).to_bytes(4, "little")
    lies = packed(PARTS | {"xl/sheet.xml": b"0" * 200_000}).replace((200_000).to_bytes(4, "little"), size)
    assert mismatch(lies, XLSX)


@pytest.mark.parametrize("content", [b"caf\xe9;1", b"a\x00b", b"a\x1bb", "\ud800".encode("utf-8", "surrogatepass")])
def test_a_text_is_utf_8_without_controls(content: bytes) -> None:
    assert mismatch(content, CSV)
