"""Pages and e-mails in each script are as those that were looked at."""

import pytest

from invoicing_documents.pdf import render_invoice_pdf
from invoicing_documents.pdf.invoice_pdf import missing_characters
from tests.documents.golden_pages import FOLDER, PAGES, SAMPLES, texts_of

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("every_script")]


@pytest.mark.parametrize("name", SAMPLES)
def test_documents_are_as_those_that_were_looked_at(name: str) -> None:
    for file, text in texts_of(name).items():
        assert text == (FOLDER / file).read_text(encoding="utf-8"), file


@pytest.mark.parametrize("name", SAMPLES)
def test_a_page_is_the_same_twice_and_lacks_nothing(name: str) -> None:
    invoice = SAMPLES[name].invoice()
    assert render_invoice_pdf(invoice) == render_invoice_pdf(invoice)
    assert missing_characters(invoice) == ""


def test_every_golden_file_has_its_sample() -> None:
    files = {f"{name}.txt" for name in SAMPLES} | {
        f"{name}-{kind}" for name in PAGES for kind in ("page.txt", "mail.txt")
    }
    assert {file.name for file in FOLDER.iterdir()} == files
