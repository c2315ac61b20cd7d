"""The hosted page: what it says, and that nothing in it runs or loads."""

import base64
import hashlib
import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from typing import Any

import pytest

from invoicing.domain.invoices.invoice import Invoice, Status
from invoicing.domain.payments.payment import receipt_number
from invoicing_documents.page import (
    content_security_policy,
    render_failure_page,
    render_invoice_page,
    render_not_found_page,
)
from invoicing_documents.wording import languages
from tests.documents.sample_invoices import BUYER, SELLER, invoice_of, line_of
from tests.documents.sample_portals import settled

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'&{{ 7*7 }}"
PDF_URL = "https://invoices.example/i/token/pdf"


class Elements(HTMLParser):
    """Collects the tags and attributes of a page, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.texts).split())


def page_of(invoice: Invoice) -> str:
    return render_invoice_page(invoice, pdf_url=PDF_URL)


def test_page_says_what_the_invoice_says() -> None:
    elements = Elements(page_of(invoice_of(notes="Thank you!", locale="de")))
    for part in ("INV-2026-001", "Initech Ltd.", "Consulting services", "1.836,00 $", "Fällig am 22.12.2026",
                 "DE89 3704 0044 0532 0130 00", "Thank you!"):  # fmt: skip
        assert part in elements.text
    assert ("html", {"lang": "de", "dir": "ltr"}) in elements.tags
    assert ("a", {"class": "button", "href": PDF_URL}) in elements.tags
    assert ("meta", {"name": "robots", "content": "noindex, nofollow"}) in elements.tags
    assert ("meta", {"name": "referrer", "content": "no-referrer"}) in elements.tags


def test_hostile_text_stays_text() -> None:
    invoice = invoice_of(
        (line_of(HOSTILE, unit=HOSTILE, sku=HOSTILE, tax_name=HOSTILE),),
        number=HOSTILE,
        notes=HOSTILE,
        purchase_order=HOSTILE,
        payment_terms=HOSTILE,
        buyer=replace(BUYER, name=HOSTILE),
        seller=replace(SELLER, name=HOSTILE, email=HOSTILE, payment_instructions=HOSTILE),
    )
    elements = Elements(render_invoice_page(invoice, pdf_url='https://x.example/"onclick="alert(3)'))
    assert not {"script", "img", "iframe", "form", "link"} & {tag for tag, _ in elements.tags}
    assert not [name for _, attributes in elements.tags for name in attributes if name.startswith("on")]
    assert elements.text.count(HOSTILE) >= 6


def test_policy_allows_the_pages_own_style_and_nothing_else() -> None:
    policy = content_security_policy()
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    for page in (page_of(invoice_of()), render_not_found_page("de"), render_failure_page("de")):
        style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)
        assert style is not None
        digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
        assert f"style-src 'sha256-{digest}'" in policy
        tags = Elements(page).tags
        assert not [tag for tag, attributes in tags if "style" in attributes or "src" in attributes]
        assert "url(" not in style[1]
        assert "@import" not in style[1]


@pytest.mark.parametrize(
    ("status", "paid", "said", "not_said"),
    [
        (Status.SENT, 0, "Due on Dec 22, 2026", "Amount paid"),
        (Status.PARTIALLY_PAID, 100000, "Partially paid · Due on Dec 22, 2026", "Cancelled"),
        (Status.PAID, 183600, "Paid on Dec 1, 2026", "How to pay"),
        (Status.CANCELLED, 0, "Cancelled", "IBAN"),
        (Status.DRAFT, 0, "not a valid invoice", "INV-2026-001"),
    ],
)
def test_page_says_what_is_due_now(status: Status, paid: int, said: str, not_said: str) -> None:
    paid_date = date(2026, 12, 1) if status is Status.PAID else None
    text = Elements(page_of(invoice_of(status=status, amount_paid=paid, paid_date=paid_date))).text
    assert said in text
    assert not_said not in text
    assert ("$836.00" in text) == (status is Status.PARTIALLY_PAID)


@pytest.mark.parametrize(
    ("amounts", "rows"),
    [
        ({"amount_written_off": 183600}, "Written off $1,836.00 Amount due $0.00"),
        (
            {"amount_paid": 100000, "amount_written_off": 83600},
            "Amount paid $1,000.00 Written off $836.00 Amount due $0.00",
        ),
        ({"amount_credited": 183600, "applied_to_invoice": 183600}, "Credited $1,836.00 Amount due $0.00"),
    ],
)
def test_page_of_what_no_payment_settled_does_not_speak_of_one(amounts: dict[str, Any], rows: str) -> None:
    page = page_of(invoice_of(status=Status.PAID, paid_date=date(2026, 12, 1), **amounts))
    text = Elements(page).text
    assert "No payment is due." in text
    assert rows in text
    for word in ("Paid on", "Thank", "IBAN"):
        assert word not in text
    assert 'class="due paid"' not in page


def test_page_of_what_was_paid_and_credited_shows_both() -> None:
    """What became the customer's credit did not lower the amount due: without it, the rows add up."""
    amounts: dict[str, Any] = {
        "amount_paid": 100000,
        "amount_credited": 93600,
        "applied_to_invoice": 83600,
        "credited_to_customer": 10000,
    }
    text = Elements(page_of(invoice_of(status=Status.PAID, paid_date=date(2026, 12, 1), **amounts))).text
    assert "Paid on Dec 1, 2026" in text
    assert "Amount paid $1,000.00 Credited $836.00 Amount due $0.00" in text


@pytest.mark.parametrize("language", languages())
def test_pages_in_every_language(language: str) -> None:
    for page in (page_of(invoice_of(locale=language)), render_not_found_page(language), render_failure_page(language)):
        direction = "rtl" if language in {"ar", "he"} else "ltr"
        assert page.startswith(f'<!DOCTYPE html>\n<html lang="{language}" dir="{direction}">')
        assert "{" not in Elements(re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL)).text


def test_the_page_says_what_was_credited() -> None:
    page = render_invoice_page(
        invoice_of(amount_credited=3600, applied_to_invoice=3600), pdf_url="https://x.example/pdf"
    )
    assert "Credited" in page
    assert "$36.00" in page
    assert "$1,800.00" in page
    assert "Amount paid" not in page


def test_the_page_leads_to_credit_notes_and_to_receipts_that_name_no_other_invoice() -> None:
    hosted = render_invoice_page(settled(), pdf_url="/pdf", documents_url="/i/token/documents")
    portal = render_invoice_page(settled(), pdf_url="/pdf", portal_url="/c/token", documents_url="/i/token/documents")
    below = [re.findall(r'href="(/[ci]/token/[^"]*)"', html) for html in (hosted, portal)]
    assert below == [
        [f"/i/token/documents/{each}/pdf" for each in ("pay_1", "cn_1", "cn_2")],
        [
            f"/c/token/{each}/pdf"
            for each in ("receipts/pay_1", "receipts/pay_2", "credit-notes/cn_1", "credit-notes/cn_2")
        ],
    ]
    said = " ".join(re.sub("<[^>]+>", " ", hosted).split())
    for part in settled().payments:
        assert receipt_number(part.payment_id, part.payment_date) in said
    assert "Bank transfer · Refund: $25.00" in said
    assert "Bank transfer · Payment reversed" in said
    assert "CN-2026-002" in said
    assert "Payments" not in render_invoice_page(invoice_of(), pdf_url="/pdf", documents_url="/x")
