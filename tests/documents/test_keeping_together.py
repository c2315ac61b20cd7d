"""Page breaks: totals with a line above them, notes and payment with the totals, no row split."""

import io
from dataclasses import replace

import pytest
from pypdf import PdfReader

from invoicing.domain.invoices.invoice import Invoice, Line
from invoicing.domain.parties.details import Address
from invoicing_documents.pdf import render_invoice_pdf
from tests.documents.sample_invoices import SELLER, invoice_of, line_of, many_lines

AMERICAN = replace(SELLER, address=Address(line1="1 Main St", city="Austin", country="us"))
THREE_LINES = "Line one\nLine two\nLine three"


def pages_of(invoice: Invoice) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(render_invoice_pdf(invoice))).pages]


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
