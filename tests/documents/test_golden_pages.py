"""Pages in each script are drawn as those that were looked at."""

import pytest

from invoicing_documents.pdf import render_invoice_pdf
from invoicing_documents.pdf.invoice_pdf import missing_characters
from tests.documents.golden_pages import FOLDER, SAMPLES, listing

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("every_script")]


@pytest.mark.parametrize("name", SAMPLES)
def test_a_page_is_drawn_as_the_one_that_was_looked_at(name: str) -> None:
    invoice = SAMPLES[name].invoice()
    document = render_invoice_pdf(invoice)
    assert listing(document) == (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    assert render_invoice_pdf(invoice) == document
    assert missing_characters(invoice) == ""


def test_every_golden_page_has_its_sample() -> None:
    assert {file.stem for file in FOLDER.glob("*.txt")} == set(SAMPLES)
