"""The tax in the seller's own currency, on documents in another one (Directive 2006/112/EC, article 230)."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from email import message_from_bytes, policy
from typing import Any

import pytest

from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.money.exchange import Exchange
from invoicing_documents.content import content_of
from invoicing_documents.credit_note_content import credit_note_content_of
from invoicing_documents.email.credit_note_email import compose_credit_note_email
from invoicing_documents.email.invoice_email import compose_invoice_email
from invoicing_documents.page import render_invoice_page
from invoicing_documents.pdf.invoice_pdf import missing_characters
from invoicing_documents.wording import NO_BREAK_SPACE, languages, wording_for
from tests.builders import a_credit_note, a_delivery, a_line, a_new_invoice, an_account, an_issued_invoice
from tests.documents.sample_invoices import DRAWN

RATE = Exchange(base="EUR", rate=Decimal("1.0845"), rate_date=date(2026, 11, 22), source="account")


def an_invoice_in_dollars(locale: str = "en", rate: str | None = "0.2", **changes: Any) -> Invoice:
    line = a_line("1", "100", rate)
    invoice = an_issued_invoice(
        a_new_invoice(line, locale=locale, currency="USD"), by=an_account(currency="EUR", locale=locale)
    )
    return replace(invoice, exchange=RATE, **changes)


def shown(fields: tuple[Any, ...]) -> list[tuple[str, str]]:
    return [(field.label, field.value.replace(NO_BREAK_SPACE, " ")) for field in fields]


def test_tax_and_rate_stand_below_the_total() -> None:
    found = shown(content_of(an_invoice_in_dollars("de")).included_tax)
    assert found == [("Steuer in EUR", "18,44"), ("Wechselkurs (22.11.2026)", "1 EUR = 1,0845 USD")]


def test_a_credit_note_has_those_of_its_invoice() -> None:
    found = shown(credit_note_content_of(a_credit_note(an_invoice_in_dollars())).included_tax)
    assert [label.partition(" (")[0] for label, _ in found][:2] == ["Tax in EUR", "Exchange rate"]
    assert found[0][1] == "18.44"


@pytest.mark.parametrize(
    "invoice",
    [
        an_invoice_in_dollars(rate=None),
        replace(an_invoice_in_dollars(), exchange=Exchange(base="EUR")),
        replace(an_invoice_in_dollars(), exchange=Exchange(base="USD", rate=Decimal(1))),
        replace(an_invoice_in_dollars(), exchange=None),
    ],
    ids=["no tax", "no rate", "own currency", "draft"],
)
def test_there_is_nothing_to_say_without_tax_rate_or_another_currency(invoice: Invoice) -> None:
    assert content_of(invoice).included_tax == ()


@pytest.mark.parametrize("language", languages())
def test_every_language_says_it_on_page_pdf_and_email(language: str) -> None:
    invoice = an_invoice_in_dollars(language)
    tax, rate = content_of(invoice).included_tax
    page = render_invoice_page(invoice, pdf_url="https://api.example/pdf")
    assert f"<dt>{tax.label}</dt>" in page
    assert f"<dt>{rate.label}</dt>" in page
    assert language not in DRAWN or missing_characters(invoice) == ""
    note = a_credit_note(invoice)
    delivery = a_delivery(hosted_url="https://api.example/i/1")
    for message in (
        compose_invoice_email(invoice, delivery, b"", sender="a@b.example"),
        compose_credit_note_email(note, delivery, b"", sender="a@b.example"),
    ):
        assert f"{tax.label}: {wording_for(language).within(tax.value)}" in _text(message)


def _text(message: bytes) -> str:
    part = message_from_bytes(message, policy=policy.default).get_body(("plain",))
    assert part is not None
    return str(part.get_content())
