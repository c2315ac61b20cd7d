"""Particulars of lines on PDF, page and credit note: below the description, in the reader's language."""

import re
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from invoicing.domain.drawing_warnings import warnings_of_invoice
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.invoices.line_particulars import Attribute, Classification, LineParticulars
from invoicing.domain.parties.details import Address
from invoicing_documents.content import Content, content_of
from invoicing_documents.credit_note_content import credit_note_content_of
from invoicing_documents.page import render_invoice_page
from invoicing_documents.pdf import render_invoice_pdf
from invoicing_documents.wording import languages, wording_for
from tests.documents.sample_invoices import SELLER, invoice_of, line_of
from tests.documents.test_credit_note_documents import note_of

WHITE_SPACE = re.compile(r"[\s\u00a0\u202f]+")
PARTICULARS = LineParticulars(
    details="Steel, brushed\n230 V",
    note="Replaces K-99",
    unit_code="KGM",
    gtin="4006381333931",
    buyer_item_id="77-A",
    classifications=(Classification("HS", "851610"), Classification("MP", "X1"), Classification("STI", "39711300-2")),
    country_of_origin="CZ",
    attributes=(Attribute("Colour", "silver"), Attribute("Volume", "1.7 l")),
    order_line="3",
    accounting_reference="4711",
)
NOTE = (
    "Steel, brushed\n230 V\n"
    "K-1 · GTIN: 4006381333931 · Your item no.: 77-A · Order line: 3 · HS: 851610 · Classification MP: X1"
    " · CPV: 39711300-2 · Country of origin: Czechia\n"
    "Colour: silver · Volume: 1.7 l\n"
    "Replaces K-99"
)


def note_in(content: Content, row: int = 0) -> str:
    """What stands below a line's description, with plain spaces."""
    return content.rows[row].note.replace("\N{NO-BREAK SPACE}", " ")


def an_invoice(particulars: LineParticulars = PARTICULARS, **overrides: Any) -> Invoice:
    return invoice_of((line_of("Kettle", "2", sku="K-1", particulars=particulars), line_of("Cup")), **overrides)


def pdf_text(invoice: Invoice) -> str:
    return " ".join(page.extract_text() for page in PdfReader(BytesIO(render_invoice_pdf(invoice))).pages)


def page_text(invoice: Invoice) -> str:
    return re.sub("<[^>]*>", " ", render_invoice_page(invoice, pdf_url="https://invoices.example/i/token/pdf"))


@pytest.mark.parametrize("text_of", [pdf_text, page_text])
def test_a_line_shows_all_but_the_buyers_account(text_of: Callable[[Invoice], str]) -> None:
    text = WHITE_SPACE.sub(" ", text_of(an_invoice()))
    for line in NOTE.split("\n"):
        for part in line.split(" · "):
            assert part in text
    assert "2 kg" in text
    assert "4711" not in text


def test_it_stands_below_the_description() -> None:
    content = content_of(an_invoice())
    kettle, cup = content.rows
    assert (kettle.description, note_in(content), kettle.quantity) == ("Kettle", NOTE, "2\N{NO-BREAK SPACE}kg")
    assert (cup.note, cup.quantity) == ("", "1")


def test_a_short_label_and_its_value_stay_on_one_line() -> None:
    particulars = LineParticulars(gtin="73513537", buyer_item_id="A long number of the buyer's, in words")
    note = content_of(an_invoice(particulars)).rows[0].note
    assert note == "K-1 · GTIN:\N{NO-BREAK SPACE}73513537 · Your item no.: A long number of the buyer's, in words"


def test_a_line_from_right_to_left_keeps_its_parts_in_order() -> None:
    content = content_of(an_invoice(LineParticulars(gtin="73513537", order_line="7-A"), locale="he"))
    label = content.wording["order_line"]
    assert note_in(content) == (
        "\u200f\u2068K-1\u2069 · \u2068GTIN: \u206873513537\u2069\u2069 · \u2068" + label + ": \u20687-A\u2069\u2069"
    )


def test_an_indian_seller_gives_codes_of_goods_and_services() -> None:
    indian = replace(SELLER, address=Address(line1="MG Road", city="Bengaluru", country="IN"))
    hosting = LineParticulars(classifications=(Classification("HS", "998314"),))
    assert note_in(content_of(an_invoice(hosting, seller=indian))) == "K-1 · HSN/SAC: 998314"


@pytest.mark.parametrize("locale", languages())
def test_labels_are_in_the_language_of_the_document(locale: str) -> None:
    wording = wording_for(locale)
    note = note_in(content_of(an_invoice(locale=locale)))
    labels = [wording[name] for name in ("buyer_item_id", "order_line", "country_of_origin", "classification")]
    assert all(label in note for label in labels)
    assert len(set(labels)) == len(labels)
    assert wording.country("CZ") in note


def test_a_credit_note_shows_those_of_the_lines_it_credits() -> None:
    content = credit_note_content_of(note_of(an_invoice(), ("item_1", "1"), ("item_2", "1")))
    first, second = content.rows
    assert (note_in(content), first.quantity) == (NOTE.replace("K-1 · ", ""), "1\N{NO-BREAK SPACE}kg")
    assert (second.note, second.quantity) == ("", "1")


def test_texts_are_printed_without_control_characters() -> None:
    particulars = LineParticulars(
        details="One\r\ntwo\u202e", order_line="1\n2", attributes=(Attribute("Size\n", "L\u202e"),), note=" \u2028 "
    )
    assert note_in(content_of(an_invoice(particulars))) == "One\ntwo\nK-1 · Order line: 1 2\nSize: L"


def test_what_fonts_lack_is_warned_of_by_field() -> None:
    lacking = "\U0001f9ff"
    particulars = LineParticulars(
        details=lacking,
        note=lacking,
        buyer_item_id=lacking,
        order_line=lacking,
        classifications=(Classification("HS", lacking),),
        attributes=(Attribute(lacking, lacking),),
        accounting_reference=lacking,
    )
    assert [each.field for each in warnings_of_invoice(an_invoice(particulars))] == [
        f"items[0].{name}"
        for name in (
            "details",
            "note",
            "buyer_item_id",
            "order_line",
            "classifications[0].code",
            "attributes[0].name",
            "attributes[0].value",
        )
    ]
