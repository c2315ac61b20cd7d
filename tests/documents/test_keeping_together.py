"""Page breaks: totals with a line above them, notes and payment with the totals, no row split."""

import io
import re
from dataclasses import replace
from typing import get_args

import pytest
from pypdf import PdfReader

from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.invoices.line import Line
from invoicing.domain.money.adjustments import Adjustment, LineAdjustments
from invoicing.domain.parties.details import Address
from invoicing.domain.templates.template import Layout
from invoicing_documents.pdf import render_invoice_pdf
from invoicing_documents.pdf.theme import A4, MARGIN
from tests.documents.drawn import pieces_of
from tests.documents.sample_invoices import SELLER, invoice_of, line_of, many_lines, template_with

AMERICAN = replace(SELLER, address=Address(line1="1 Main St", city="Austin", country="us"))
THREE_LINES = "Line one\nLine two\nLine three"


def pages_of(invoice: Invoice, layout: Layout = "classic") -> list[str]:
    document = render_invoice_pdf(invoice, template=template_with(layout=layout))
    return [page.extract_text() for page in PdfReader(io.BytesIO(document)).pages]


@pytest.mark.parametrize("seller", [SELLER, AMERICAN], ids=["A4", "Letter"])
@pytest.mark.parametrize("count", range(11, 30))
def test_totals_payment_and_notes_are_on_one_page_with_a_line(count: int, seller: object) -> None:
    lines = tuple(line_of(f"Item {index:02}") for index in range(count))
    pages = pages_of(invoice_of(lines, seller=seller, notes=THREE_LINES))
    assert sum(page.count("Item ") for page in pages) == count
    assert all("Item " in page for page in pages)
    for part in ("Subtotal", "Tax 8%", "Total (USD)", "IBAN", "Payment reference", "Line three"):
        assert [part in page for page in pages] == [False] * (len(pages) - 1) + [True]


def test_payment_and_notes_stand_beside_the_totals_before_they_take_a_page() -> None:
    counts = [len(pages_of(invoice_of(many_items(count), notes=THREE_LINES))) for count in (14, 17, 18)]
    assert counts == [1, 1, 2]


def many_items(count: int) -> tuple[Line, ...]:
    return tuple(line_of(f"Item {index:02}") for index in range(count))


def test_long_notes_begin_where_the_totals_end() -> None:
    pages = pages_of(invoice_of(many_items(10), notes="\n".join(f"Note {index:03}" for index in range(150))))
    assert "Note 000" in pages[0]
    assert "Total (USD)" in pages[0]
    assert sum(page.count("Note ") for page in pages) == 150


def test_a_row_is_split_only_where_it_is_taller_than_a_page() -> None:
    tall = "\n".join(f"Part {index:02}" for index in range(30))
    pages = pages_of(invoice_of((*many_lines(12), line_of(tall), *many_lines(3))))
    assert sorted(page.count("Part ") for page in pages) == [0] * (len(pages) - 1) + [30]
    taller = "\n".join(f"Part {index:03}" for index in range(120))
    pages = pages_of(invoice_of((*many_lines(3), line_of(taller))))
    assert sum(page.count("Part ") for page in pages) == 120
    assert "Part 000" in pages[0]
    assert all("Description" in page for page in pages if "Part " in page)


def amounts_of(page: str) -> list[int]:
    """The amounts of the rows of a page, in minor units; each row is a quantity, a price, a tax and an amount."""
    rows = re.findall(r"^.*\d% (-?[\d,]+\.\d\d)(?:\s|$)", page, re.MULTILINE)
    return [int(each.replace(",", "").replace(".", "")) for each in rows]


def carried_in(page: str) -> list[int]:
    found = re.findall(r"Carried forward (-?[\d,]+\.\d\d)", page)
    return [int(each.replace(",", "").replace(".", "")) for each in found]


@pytest.mark.parametrize("layout", get_args(Layout))
@pytest.mark.parametrize("count", [22, 40, 120])
def test_what_the_amounts_add_up_to_is_carried_forward(count: int, layout: Layout) -> None:
    invoice = invoice_of(many_lines(count))
    pages = pages_of(invoice, layout)
    seen = 0
    for index, page in enumerate(pages):
        carried = carried_in(page)
        if index:
            assert carried.pop(0) == seen
        seen += sum(amounts_of(page.partition("Subtotal")[0]))
        assert carried == ([seen] if index < len(pages) - 1 else [])
    assert seen == invoice.subtotal


def test_what_is_carried_forward_has_the_allowances_and_charges_of_lines() -> None:
    off, on = (Adjustment(description="Change", amount=amount) for amount in (500, 1))
    adjusted = line_of("Adjusted", adjustments=LineAdjustments(charges=(on,), allowances=(off,)))
    invoice = invoice_of((adjusted,) * 40)
    assert carried_in(pages_of(invoice)[1])[0] % (10000 - 500 + 1) == 0


def test_one_page_carries_nothing_forward_and_has_no_running_head() -> None:
    (page,) = pages_of(invoice_of(many_lines(5)))
    assert "Carried forward" not in page
    assert page.count("Acme Studio GmbH") == 3  # the heading, the account's holder, the foot


def test_pages_after_the_first_begin_with_seller_and_number() -> None:
    first, *others = pieces_of(render_invoice_pdf(invoice_of(many_lines(60))))
    heads = [[piece.text for piece in page if piece.y > A4[1] - MARGIN] for page in (first, *others)]
    assert heads == [[], *[["Acme Studio GmbH", "Invoice INV-2026-001"]] * len(others)]


@pytest.mark.parametrize(("notes", "most"), [(3, 17), (6, 15), (12, 11), (25, 3)])
def test_notes_fill_the_room_beside_the_totals_before_they_take_a_page(notes: int, most: int) -> None:
    """The numbers of lines are those that fit: one more, and the closing is longer than the page."""
    texts = "\n".join(f"Note {index:02}" for index in range(notes))
    for count, pages in ((most, 1), (most + 1, 2)):
        drawn = pieces_of(render_invoice_pdf(invoice_of(many_items(count), notes=texts)))
        assert len(drawn) == pages
        for page in drawn:
            assert min((piece.y, piece.text) for piece in page if piece.size > 8)[1] not in ("Payment", "Notes")
