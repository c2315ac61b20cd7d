"""Service periods on PDF and page: of the invoice among its facts, of a line below its description."""

import re
from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.invoices.service_period import ServicePeriod
from invoicing_documents.page import render_invoice_page
from invoicing_documents.pdf import render_invoice_pdf
from tests.documents.sample_invoices import invoice_of, line_of

JANUARY = ServicePeriod(date(2027, 1, 1), date(2027, 1, 31))
QUARTER = ServicePeriod(date(2027, 1, 1), date(2027, 3, 31))


def pdf_text(invoice: Invoice) -> str:
    return " ".join(page.extract_text() for page in PdfReader(BytesIO(render_invoice_pdf(invoice))).pages)


def page_text(invoice: Invoice) -> str:
    return re.sub("<[^>]*>", " ", render_invoice_page(invoice, pdf_url="https://invoices.example/i/token/pdf"))


@pytest.mark.parametrize("text_of", [pdf_text, page_text])
@pytest.mark.parametrize(
    ("locale", "of_invoice", "of_line"),
    [
        ("en", "Service period Jan 1, 2027 – Mar 31, 2027", "H-1 · Jan 1, 2027 – Jan 31, 2027"),
        ("de", "Leistungszeitraum 01.01.2027 – 31.03.2027", "H-1 · 01.01.2027 – 31.01.2027"),
    ],
)
def test_periods_are_shown(text_of: object, locale: str, of_invoice: str, of_line: str) -> None:
    lines = (line_of("Hosting", sku="H-1", service_period=JANUARY), line_of("Setup"))
    text = " ".join(text_of(invoice_of(lines, service_period=QUARTER, locale=locale)).split())  # type: ignore[operator]
    assert of_invoice in text
    assert of_line in text
    assert text.count(" – ") == 2, "a line without a period shows none"
