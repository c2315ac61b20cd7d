"""Text in every script: drawn in the right order and face, broken where readers expect it, and copied as it was."""

import shutil
import subprocess
import unicodedata
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import uharfbuzz as hb
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from invoicing.domain.invoices.invoice import Status
from invoicing_documents.pdf import render_invoice_pdf
from invoicing_documents.pdf.canvas import Canvas
from invoicing_documents.pdf.invoice_pdf import missing_characters
from invoicing_documents.pdf.properties import Properties
from invoicing_documents.pdf.runs import BOLD
from invoicing_documents.pdf.typesetter import Style
from invoicing_documents.wording import languages
from tests.documents.drawn import fonts_of, pieces_of, visual_line
from tests.documents.sample_invoices import BUYER, invoice_of, line_of
from tests.examples import examples

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("every_script")]

# What joins, varies, turns or hides, and scripts that need shaping.
PARTS = [
    "\ufe0f",
    "\u200d",
    "\u200c",
    "\u200f",
    "\u2066",
    "\u2069",
    "\u00ad",
    "\u200b",
    "\u2060",
    "✓\ufe0f",
    "👍🏽",
    "👨‍👩‍👧",
    "🇩🇪",
    "1\ufe0f\u20e3",
    "🏴\U000e0067\U000e0062\U000e007f",
    "שלום",
    "مرحبا",
    "لا",
    "क्ष",
    "कि",
    "\u093f",
    "กำ",
    "ខ្មែរ",
    "한국",
    "\u1112\u1161",
    "Привет👍",
    "東👍",
    "\u2068👍\u2069",
    "東京",
    "e\u0323\u0301",
    "½",
    "(1)",
    "-1.5",
    "𠮷",
    "\U0001f9ff",
    "ꙮ",
    "܀",
    "𝓐",
]

STYLE = Style(11, (0, 0, 0))
MARKS = ("Mn", "Mc", "Me")
NEVER_FIRST = "、。」）ーっッャ"
THAI = "น้ำดื่มบรรจุขวดมีความสำคัญต่อสุขภาพและการดำเนินชีวิตประจำวันของทุกคนในประเทศไทย"


def canvas(language: str = "en") -> Canvas:
    found = Canvas(595, 842, Properties("Title", "Author", language, datetime(2026, 1, 1, tzinfo=UTC)))
    found.add_page()
    return found


def lines_of(text: str, language: str, width: float) -> list[str]:
    """A text broken into lines of a column."""
    page = canvas(language)
    lines = page.wrap(text, STYLE, width)
    page.write()  # which closes the fonts
    return lines


def drawn(text: str, language: str = "en") -> bytes:
    """A page with one line."""
    page = canvas(language)
    page.text(40, 40, text, STYLE)
    return page.write()


@pytest.mark.parametrize("language", ["en", "he"])
@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("סוכן 007", "007 ןכוס"),
        ("زيت موبيلوب SHC 90W75", "SHC 90W75 بوليبوم تيز"),
        ("טל. +49 30 1234567", "+49 30 1234567 .לט"),
        ("טל. (800) 955-2292", "(800) 955-2292 .לט"),
        ("IBAN: DE02 1203 0000 0000 2020 51", "IBAN: DE02 1203 0000 0000 2020 51"),
        ("חשבון DE02 1203 0000 0000 2020 51", "DE02 1203 0000 0000 2020 51 ןובשח"),
        ("מספר IL-123/45-6", "IL-123/45-6 רפסמ"),
        ("סכום -1,234.50 ₪", "₪ -1,234.50 םוכס"),
        ("فاتورة 2026-001 بتاريخ 31/12/2026", "31/12/2026 خيراتب 2026-001 ةروتاف"),
        ("هاتف ‎+966 11 123-4567 للاستفسار", "راسفتسلال +966 11 123-4567 فتاه"),
        ("2026-001", "2026-001"),
        ("-1,234.50", "-1,234.50"),
    ],
)
def test_numbers_keep_their_order_in_lines_from_right_to_left(text: str, seen: str, language: str) -> None:
    assert visual_line(drawn(text, language)) == seen


def test_a_second_language_from_right_to_left_has_its_own_order() -> None:
    text = "Net 30 days / \u2068לתשלום בתוך 30 ימים\u2069"
    assert visual_line(drawn(text)) == "Net 30 days / " + "לתשלום בתוך 30 ימים"[::-1].replace("03", "30")


@settings(max_examples=examples(40), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(["מספר", "فاتورة", "السعر"]),
    st.from_regex(r"\A[+-]?[A-Z]{0,3}[0-9]{1,4}([-/., ][0-9]{1,4}){0,4}%?\Z"),
    st.sampled_from(["", "סוף", "للاستفسار"]),
)
def test_a_number_is_never_turned_whatever_stands_around_it(before: str, number: str, after: str) -> None:
    assert number in visual_line(drawn(f"{before} {number} {after}".strip()))


def test_brackets_are_mirrored() -> None:
    # The text of a glyph is the character that was given: the closing one, drawn as "(", is leftmost.
    assert visual_line(drawn("הנחה 10% (לקוח VIP)")) == ")VIP חוקל( 10% החנה"
    shown, mirrored = (glyph_of(drawn(text)) for text in ("(", "ש)"))
    assert shown == mirrored


def glyph_of(document: bytes) -> float:
    """The width and place of a bracket, of which the opening one has its ink on the other side."""
    return next(piece.width for page in pieces_of(document) for piece in page if piece.text in "()")


@pytest.mark.parametrize(
    ("script", "text"),
    [
        ("devanagari", "क्षत्रिय हिंदी"),
        ("tamil", "கொடுக்க"),
        ("bengali", "ক্ষি"),
        ("arabic", "مؤسسة النور"),
        ("thai", "กำลังน้ำ"),
        ("khmer", "ភាសាខ្មែរ"),
    ],
)
def test_letters_are_joined_as_the_script_wants(script: str, text: str, built_fonts: Path) -> None:
    font = hb.Font(hb.Face(hb.Blob.from_file_path(str(built_fonts / f"{script}-regular.ttf"))))
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    hb.shape(font, buffer)
    shaped = sum(position.x_advance for position in buffer.glyph_positions) * 11 / font.face.upem
    page = canvas()
    assert page.measure(text, STYLE) == pytest.approx(shaped, abs=0.1)
    page.write()


@pytest.mark.parametrize("width", range(40, 200, 20))
def test_thai_is_broken_between_words(width: float) -> None:
    lines = lines_of(THAI, "th", width)
    assert "".join(lines) == THAI
    assert len(lines) > 1
    assert all(unicodedata.category(line[0]) not in MARKS for line in lines)
    assert not any("ความสำค" in line and "ความสำคัญ" not in line for line in lines if width > 60)


@pytest.mark.parametrize("language", ["ja", "zh-Hans", "en"])
@pytest.mark.parametrize("width", range(60, 260, 20))
def test_lines_of_han_begin_and_end_as_printers_want(language: str, width: float) -> None:
    text = "東京「丸の内」。データベース設計、（保守）INV-2026-001の追加分１２３円。ちょっと、サーバー" * 3
    lines = lines_of(text, language, width)
    assert "".join(lines) == text
    assert not [line for line in lines if line[0] in NEVER_FIRST or line[-1] in "「（"]
    if width >= 80:
        assert all(line.count("INV") == line.count("INV-2026-001") for line in lines)


def test_no_line_begins_with_a_combining_mark_however_narrow() -> None:
    for text in ("क्षत्रियहिंदीभाषा" * 3, "e\u0301\u0323x" * 20, "👨‍👩‍👧👍🏽" * 8):
        lines = lines_of(text, "en", 30)
        assert "".join(lines) == text
        assert all(unicodedata.category(line[0]) not in (*MARKS, "Cf") for line in lines)


def test_a_bold_line_with_emoji_is_bold() -> None:
    page = canvas()
    page.text(40, 40, "🎉 Grüße Привет", Style(11, (0, 0, 0), BOLD))
    assert fonts_of(page.write()) == {"NotoEmoji", "NotoSansSemiBold"}


def test_soft_hyphens_show_only_where_a_line_ends() -> None:
    word = "Donau\u00addampf\u00adschiff\u00adfahrts\u00adgesell\u00adschaft"
    assert visual_line(drawn(word)) == "Donaudampfschifffahrtsgesellschaft"
    lines = lines_of(word, "de", 110)
    assert [line.replace("\u00ad", "") for line in lines] == ["Donaudampfschiff-", "fahrtsgesellschaft"]


@pytest.mark.parametrize(("language", "font"), [("ja", "JP"), ("zh-Hans", "SC"), ("zh-Hant", "TC"), ("ko", "KR")])
def test_the_language_of_the_document_chooses_the_form_of_han_characters(language: str, font: str) -> None:
    assert fonts_of(drawn("直骨海", language)) == {f"NotoSans{font}"}


def test_a_character_that_the_first_font_lacks_comes_from_the_next() -> None:
    invoice = invoice_of((line_of("𠮷野家 鄉 镕"),), buyer=replace(BUYER, name="𠮷野家"), locale="ja")
    assert missing_characters(invoice) == ""
    text = "".join(piece.text for page in pieces_of(render_invoice_pdf(invoice)) for piece in page)
    assert "𠮷野家 鄉 镕" in text
    assert "\ufffd" not in text


@pytest.mark.parametrize("language", languages())
def test_every_language_has_all_its_glyphs(language: str) -> None:
    invoice = invoice_of((line_of("Design"),), locale=language)
    assert missing_characters(invoice) == missing_characters(replace(invoice, status=Status.DRAFT)) == ""


@settings(max_examples=examples(25), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.one_of(st.text(max_size=6), st.sampled_from(PARTS)), max_size=12), st.sampled_from(["de", "he", "ja"])
)
def test_any_text_can_be_drawn(parts: list[str], language: str) -> None:
    text = " ".join(parts)
    assert render_invoice_pdf(invoice_of((line_of(text),), notes="".join(parts), locale=language)).startswith(b"%PDF-")


EXACT = ["Grüße, Ça, ŁÓDŹ €", "Ελληνικά Ἀθῆναι", "Українська Їжак", "Հայերեն հաշիվ", "ქართული ინვოისი"]
HAN = ["請求書 株式会社テスト", "发票 上海", "發票 臺北", "청구서 주식회사", "አማርኛ"]
JOINED = ["क्षत्रिय हिंदी", "தமிழ் வணக்கம்", "বাংলা চালান", "ใบแจ้งหนี้ กำลัง"]
TURNED = ["שולחן עץ", "مؤسسة النور للتجارة", "زيت موبيلوب"]


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="needs poppler-utils")
@pytest.mark.parametrize("text", [*EXACT, *HAN, *JOINED, *TURNED])
def test_text_is_copied_as_it_was(text: str, tmp_path: Path) -> None:
    file = tmp_path / "line.pdf"
    file.write_bytes(drawn(text))
    done = subprocess.run(["pdftotext", file, "-"], check=True, capture_output=True, text=True)  # noqa: S603, S607
    copied = "".join(each for each in done.stdout if unicodedata.category(each) != "Cf").strip()
    if text in JOINED:
        copied, text = "".join(copied.split()), "".join(text.split())
    assert copied == text
