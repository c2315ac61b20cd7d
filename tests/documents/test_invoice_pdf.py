"""The PDF: what it says, where it breaks, and that the same invoice gives the same bytes."""

import io
import re
import subprocess
import sys
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from invoicing.domain.invoices.invoice import Invoice, Status
from invoicing.domain.money.discounts import Discount
from invoicing.domain.parties.details import Address
from invoicing_documents.pdf import render_invoice_pdf
from invoicing_documents.pdf.invoice_pdf import missing_characters
from tests.documents.drawn import pieces_of
from tests.documents.sample_invoices import BUYER, DRAWN, SELLER, TWO_LINES, invoice_of, line_of, many_lines
from tests.examples import examples

WHITE_SPACE = re.compile(r"[\s\u00a0\u202f]+")


def read(invoice: Invoice) -> PdfReader:
    return PdfReader(io.BytesIO(render_invoice_pdf(invoice)))


def text_of(invoice: Invoice) -> str:
    """All text, with every run of white space made one space."""
    return WHITE_SPACE.sub(" ", " ".join(page.extract_text() for page in read(invoice).pages))


def test_short_invoice_is_one_page_that_says_everything() -> None:
    invoice = invoice_of(notes="Thank you!", purchase_order="PO-7")
    assert len(read(invoice).pages) == 1
    text = text_of(invoice)
    for part in (
        "INV-2026-001",
        "Initech Ltd.",
        "Austin, TX 78744",
        "United States",
        "Nov 22, 2026",
        "Dec 22, 2026",
        "Net 30 days",
        "PO-7",
        "Consulting services",
        "10 h",
        "1,500.00",
        "Tax 8% on 1,700.00",
        "136.00",
        "$1,836.00",
        "Thank you!",
        "DE89 3704 0044 0532 0130 00",
        "VAT ID: DE123456789",
        "Page 1 of 1",
    ):
        assert part in text


def test_file_is_pdf_a_with_title_author_and_language() -> None:
    reader = read(invoice_of(locale="de-AT", seller=replace(SELLER, name="Smith & <Sons>")))
    assert reader.xmp_metadata is not None
    assert reader.xmp_metadata.dc_title == {"x-default": "Rechnung INV-2026-001"}
    assert reader.xmp_metadata.dc_creator == ["Smith & <Sons>"]
    root: Any = reader.trailer["/Root"]
    assert root["/Lang"] == "de"
    xmp = root["/Metadata"].get_data()
    assert b"<pdfaid:part>3</pdfaid:part>" in xmp
    assert b"<pdfaid:conformance>B</pdfaid:conformance>" in xmp
    assert b"2026-11-22T09:30:00Z" in xmp


def test_every_font_is_embedded_and_nothing_is_transparent() -> None:
    for page in read(invoice_of(many_lines(60))).pages:
        resources: Any = page["/Resources"]
        for font in resources["/Font"].values():
            descendant = font.get_object()["/DescendantFonts"][0].get_object()
            assert "/FontFile2" in descendant["/FontDescriptor"].get_object()
        assert "/Group" not in page


@pytest.mark.slow
def test_same_invoice_gives_same_bytes_in_another_process_after_other_invoices() -> None:
    script = (
        "import hashlib, sys, time; from invoicing_documents.pdf import render_invoice_pdf as render;"
        "from tests.documents.sample_invoices import invoice_of, many_lines;"
        "[render(invoice_of(many_lines(n), locale='el')) for n in range(1, int(sys.argv[1]))];"
        "time.sleep(0.4 * int(sys.argv[1]));"
        "print(hashlib.sha256(render(invoice_of(many_lines(30)))).hexdigest())"
    )
    path = ":".join(
        str(Path(__file__).parents[2] / folder)
        for folder in ("layers/core", "layers/documents", "layers/typesetting", ".")
    )
    digests = {
        subprocess.run(  # noqa: S603 - our own interpreter and script
            [sys.executable, "-c", script, others],
            check=True,
            capture_output=True,
            text=True,
            env={"PYTHONPATH": path, "PYTHONHASHSEED": seed, "TZ": zone},
        ).stdout
        for others, seed, zone in (("1", "1", "UTC"), ("3", "2", "Asia/Tokyo"))
    }
    assert len(digests) == 1


def test_payments_and_status_change_no_byte_of_an_issued_invoice() -> None:
    sent = invoice_of()
    paid = replace(sent, status=Status.PAID, amount_paid=sent.total, paid_date=date(2026, 12, 1), version=9)
    assert render_invoice_pdf(sent) == render_invoice_pdf(paid)


def test_five_hundred_lines_are_all_there_once_under_repeated_heads() -> None:
    invoice = invoice_of(many_lines(500))
    pages = [page.extract_text() for page in read(invoice).pages]
    found = re.findall(r"Item (\d{3})\b", "\n".join(pages))
    assert [int(number) for number in found] == list(range(1, 501))
    assert all("Description" in page for page in pages if "Item " in page)
    assert all(f"Page {index} of {len(pages)}" in page for index, page in enumerate(pages, start=1))


@pytest.mark.parametrize(
    "text",
    [
        "Ελληνικά: Ἀθῆναι, ᾠδή, Ώρες",
        "Українська: Ґалаґан, Їжак; Српски: ђ ј љ њ ћ џ",
        "Tiếng Việt: Nguyễn Thị Ngọc Ánh",
        "Zażółć gęślą jaźń",
        "Îñţérñåţîöñåļ ß Ÿ Œ ﬁ",
        "€ £ ¥ ₹ ₺ ₽ ₴ ₩ ₪ ₫ ₦ ₸ ₾ ₿",
        "½ × 3 ≥ 1 → № 5 “quoted” – … ✓ ●",
    ],
)
def test_scripts_of_europe_and_currency_signs_are_drawn(text: str) -> None:
    invoice = invoice_of((line_of(text),), buyer=replace(BUYER, name=text))
    assert missing_characters(invoice) == ""
    assert text_of(invoice).count(text) == 2


def test_decomposed_text_is_composed() -> None:
    assert "Ångström" in text_of(invoice_of((line_of("A\u030angstro\u0308m"),)))


def test_characters_without_a_glyph_are_drawn_visibly_and_told(caplog: pytest.LogCaptureFixture) -> None:
    invoice = invoice_of((line_of("日本 🎉 مر end"),), buyer=replace(BUYER, name="東京"))
    assert missing_characters(invoice) == "".join(sorted("日本🎉مر東京"))
    text = text_of(invoice)
    assert "\ufffd\ufffd \ufffd \ufffd\ufffd end" in text
    assert "Bill to \ufffd\ufffd" in text
    assert [record.getMessage() for record in caplog.records] == ["invoice inv_01: no glyph for 7 characters"]


def test_control_characters_and_joiners_are_dropped() -> None:
    invoice = invoice_of((line_of("a\x00b\x1bc\u202ed\u200de\ufe0ff\ud800g"),))
    assert missing_characters(invoice) == ""
    assert "abcdef\ufffdg" in text_of(invoice)


def test_draft_says_so_and_has_no_number() -> None:
    text = text_of(invoice_of(status=Status.DRAFT, sent_at=None, locale="de"))
    assert "Entwurf" in text
    assert "INV-2026-001" not in text


@pytest.mark.parametrize(
    ("currency", "price", "amount"),
    [("JPY", "12000", "¥36,000"), ("KWD", "1.5", "KWD 4.500"), ("CLF", "1.23456", "CLF 3.7037")],
)
def test_amounts_have_the_decimals_of_their_currency(currency: str, price: str, amount: str) -> None:
    invoice = invoice_of((line_of("Design", "3", price, "0"),), currency=currency)
    assert f"Total ({currency}) {amount}" in text_of(invoice)


def test_discounts_are_shown_and_rows_add_up() -> None:
    lines = (
        line_of("Book", "2", "39.90", discount=Discount(type="percentage", value=Decimal(10))),
        line_of("Pen", "1", "5.00", discount=Discount(type="fixed", value=Decimal(1))),
    )
    invoice = invoice_of(lines, discount=Discount(type="fixed", value=Decimal("5.82")))
    text = text_of(invoice)
    assert (invoice.subtotal, invoice.discount_amount, invoice.tax, invoice.total) == (8480, 1480, 560, 7560)
    assert "Book 2 39.90 8% 79.80 -10% Pen 1 5.00 8% 5.00 -1.00" in text
    assert "Subtotal 84.80 Discount -14.80 Tax 8% on 70.00 5.60 Total (USD) $75.60" in text


def test_a_discount_on_prices_with_tax_is_shown_without_it() -> None:
    line, discount = line_of("Book", "1", "119", "0.19"), Discount(type="percentage", value=Decimal(10))
    invoice = invoice_of((line,), prices_include_tax=True, discount=discount)
    assert (invoice.subtotal, invoice.discount_amount, invoice.tax, invoice.total) == (10000, 1000, 1710, 10710)
    rows = "Subtotal (excl. tax) 100.00 Discount (excl. tax) -10.00 Tax 19% on 90.00 17.10 Total (USD) $107.10"
    assert rows in text_of(invoice)


def test_a_price_is_shown_with_the_units_it_is_for() -> None:
    line = line_of("Calls", "1951593", "5.48", "0", unit="calls", price_quantity=Decimal(1_000_000))
    assert "Calls 1,951,593 calls 5.48 / 1,000,000 10.69" in text_of(invoice_of((line,))).replace(
        "\N{NO-BREAK SPACE}", " "
    )


def test_prices_that_include_tax_say_how_much() -> None:
    text = text_of(invoice_of((line_of("Book", "1", "107", "0.07"),), prices_include_tax=True))
    assert "Total (USD) $107.00 including Tax 7% on 100.00 7.00" in text
    assert "Subtotal" not in text


def test_untaxed_invoice_has_no_tax_column() -> None:
    assert "Tax" not in text_of(invoice_of((line_of("Lesson", tax_rate="0"),), seller=replace(SELLER, tax_ids=())))


def test_nothing_leaves_the_page_however_long_the_texts_are() -> None:
    name = "Wołoszczakowskiprzedsiębiorstwo" * 8
    invoice = invoice_of(
        (
            line_of("x" * 2000, "123456.123456", "9876543.654321", unit="licence seats per month and site"),
            line_of("word " * 2000, sku="S" * 200, discount=Discount(type="fixed", value=Decimal(99))),
        ),
        seller=replace(SELLER, name=name, payment_instructions="p" * 900),
        buyer=replace(BUYER, name=name, address=None),
        purchase_order="P" * 100,
        number="N" * 90,
        payment_terms="Half on delivery, the rest within sixty days after acceptance by the customer",
        notes="note\n" * 200,
        locale="el",
    )
    pieces = [piece for page in pieces_of(render_invoice_pdf(invoice)) for piece in page]
    assert len(pieces) > 500
    assert min(piece.x for piece in pieces) >= 49.9
    assert max(piece.x + piece.width for piece in pieces) <= 595.28 - 49.9
    assert min(piece.y for piece in pieces) >= 30
    assert text_of(invoice).count("x") >= 2000


def test_missing_addresses_and_optional_fields_leave_no_trace() -> None:
    bare = replace(SELLER, email=None, address=None, tax_ids=(), payment_instructions=None, bank_account=None)
    invoice = invoice_of(seller=bare, buyer=replace(BUYER, address=Address()), payment_terms=None)
    text = text_of(invoice)
    assert "None" not in text
    assert "Payment" not in text


def test_paper_is_the_sellers_country_s() -> None:
    american = replace(SELLER, address=Address(line1="1 Main St", city="Austin", country="us"))
    assert read(invoice_of()).pages[0].mediabox.height == pytest.approx(841.89)
    assert read(invoice_of(seller=american)).pages[0].mediabox.height == pytest.approx(792)


def test_seller_must_be_known() -> None:
    with pytest.raises(ValueError, match="seller"):
        render_invoice_pdf(invoice_of(seller=None))


@pytest.mark.parametrize("language", DRAWN)
def test_every_language_has_all_its_glyphs(language: str) -> None:
    invoice = invoice_of(TWO_LINES, locale=language, currency="EUR", prices_include_tax=False)
    assert missing_characters(invoice) == ""
    assert missing_characters(replace(invoice, status=Status.DRAFT)) == ""
    assert "INV-2026-001" in text_of(invoice)


@settings(max_examples=examples(60), deadline=None)
@given(st.text(max_size=200), st.text(min_size=1, max_size=80))
def test_any_text_can_be_drawn(description: str, name: str) -> None:
    invoice = invoice_of((line_of(description),), buyer=replace(BUYER, name=name), notes=description, number=name)
    assert render_invoice_pdf(invoice).startswith(b"%PDF-")
