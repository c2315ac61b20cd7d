"""Names of files are safe to save and to send, whatever clients call them."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invoicing.domain.files.names import LONGEST, ascii_name, safe_name


@pytest.mark.parametrize(
    ("given_name", "endings", "kept"),
    [
        ("report.pdf", (".pdf",), "report.pdf"),
        ("evil\u202efdp.exe", (".pdf",), "evilfdp.exe.pdf"),
        ('a"\r\nX: y.pdf', (".pdf",), "a_X_ y.pdf"),
        ("../../x.pdf", (".pdf",), "x.pdf"),
        ("C:\\Users\\me\\x.pdf", (".pdf",), "x.pdf"),
        ("Foto.JPEG", (".jpg", ".jpeg"), "Foto.JPEG"),
        ("Foto", (".jpg", ".jpeg"), "Foto.jpg"),
        ("U\u0308bersicht  2026.pdf", (".pdf",), "Übersicht 2026.pdf"),
        ("...", (".txt",), "file.txt"),
        (".pdf", (".pdf",), "file.pdf"),
        ("/", (".csv",), "file.csv"),
        ("請求書.pdf", (".pdf",), "請求書.pdf"),
        ("x" * 300 + ".pdf", (".pdf",), "x" * 96 + ".pdf"),
    ],
)
def test_a_name_loses_what_deceives(given_name: str, endings: tuple[str, ...], kept: str) -> None:
    assert safe_name(given_name, endings) == kept


@given(st.text(max_size=250))
def test_any_name_can_be_saved(given_name: str) -> None:
    name = safe_name(given_name, (".pdf",))
    assert name.lower().endswith(".pdf")
    assert len(name) <= LONGEST
    assert not set('/\\<>:"|?*%;\r\n') & set(name)
    assert not any(unicodedata.category(character) in {"Cc", "Cs"} for character in name)
    assert not any(unicodedata.bidirectional(character) in {"RLO", "LRO", "RLE", "LRE", "PDF"} for character in name)
    assert safe_name(name, (".pdf",)) == name
    assert ascii_name(name).isascii()
    assert ascii_name(name).rpartition(".")[0]
