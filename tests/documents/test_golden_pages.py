"""Pages and e-mails in each script are as those that were looked at."""

from itertools import product
from typing import get_args

import pytest

from invoicing.domain.invoices.mark import Mark
from invoicing.domain.language import language_of
from invoicing.domain.templates.template import Layout, PaperSize
from invoicing_documents.pdf import render_invoice_pdf
from invoicing_documents.pdf.invoice_pdf import missing_characters
from invoicing_documents.wording import languages
from tests.documents.golden_cases import CASES, WAYS, Case
from tests.documents.golden_pages import FOLDER, LAYOUTS, PAGES, SAMPLES, layout_of, listing, listing_of, texts_of

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("every_script")]


@pytest.mark.parametrize("name", SAMPLES)
def test_documents_are_as_those_that_were_looked_at(name: str) -> None:
    for file, text in texts_of(name).items():
        assert text == (FOLDER / file).read_text(encoding="utf-8"), file


@pytest.mark.parametrize("name", LAYOUTS)
def test_layouts_are_as_those_that_were_looked_at(name: str) -> None:
    assert listing(layout_of(name)) == (FOLDER / f"{name}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_states_lengths_and_languages_are_as_those_that_were_looked_at(case: Case) -> None:
    assert listing_of(case) == (FOLDER / f"{case.name}.txt").read_text(encoding="utf-8")


def test_each_language_layout_paper_state_length_and_code_is_among_them() -> None:
    languages_seen = {language_of(case.locale) for case in CASES}
    assert languages_seen == set(languages())
    assert {(case.layout, case.paper) for case in CASES} == set(product(get_args(Layout), get_args(PaperSize)))
    assert {case.mark for case in CASES} == {None, *get_args(Mark)}
    assert {case.draft for case in CASES} == {True, False}
    assert {case.count for case in CASES} >= {1, 22, 40, 120, 500}
    assert {case.way for case in CASES} == set(WAYS)


@pytest.mark.parametrize("name", SAMPLES)
def test_a_page_is_the_same_twice_and_lacks_nothing(name: str) -> None:
    invoice = SAMPLES[name].invoice()
    assert render_invoice_pdf(invoice) == render_invoice_pdf(invoice)
    assert missing_characters(invoice) == ""


def test_every_golden_file_has_its_sample() -> None:
    files = {f"{name}.txt" for name in (*SAMPLES, *LAYOUTS, *(case.name for case in CASES))} | {
        f"{name}-{kind}" for name in PAGES for kind in ("page.txt", "mail.txt")
    }
    assert {file.name for file in FOLDER.iterdir()} == files
