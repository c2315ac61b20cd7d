"""The e-mail of a receipt: what it says, in every language, and that names and references stay data."""

import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from invoicing.domain.payments.payment import Payment
from invoicing.operations.documents.mailed_receipt import MailedReceipt
from invoicing_documents.email.receipt_email import compose_receipt_email
from invoicing_documents.wording import languages, wording_for
from tests.documents.sample_invoices import SELLER, invoice_of
from tests.documents.sample_statements import payment_of
from tests.documents.test_invoice_email import INJECTION, PDF, assert_seven_bit, delivery_of, parse, without_isolates
from tests.examples import examples


def compose(payment: Payment | None = None, mailed: MailedReceipt | None = None, **overrides: Any) -> bytes:
    delivery = delivery_of(document_kind="receipt", hosted_url="", **overrides)
    mailed = mailed or MailedReceipt(payment=payment or payment_of())
    pages = "https://invoices.example/i"
    return compose_receipt_email(mailed, delivery, PDF, pages=pages, sender="invoices@mail.acme.example")


def plain(text: str) -> str:
    return re.sub(r"[\s\u00a0\u202f]+", " ", text)


def test_it_says_who_got_what_when_and_has_the_receipt() -> None:
    raw = compose(cc=("boss@initech.example",), recipient="secret@initech.example")
    parts = parse(raw)
    assert parts.message["From"] == "Acme Studio GmbH <invoices@mail.acme.example>"
    assert parts.message["Reply-To"] == "Acme Studio GmbH <billing@acme.example>"
    assert parts.message["Subject"] == "Payment receipt from Acme Studio GmbH"
    assert b"secret@" not in raw
    (attachment,) = parts.message.iter_attachments()
    assert attachment.get_filename() == f"{payment_of().receipt_number}.pdf"
    assert attachment.get_content() == PDF
    for body in (plain(parts.text), plain(parts.html)):
        for said in ("Thank you for your payment.", "$2,500.00", "Nov 3, 2026", "TX 2026-11-03 Initech"):
            assert said in body
        assert payment_of().receipt_number in body
        assert "Bank transfer" in body
    text = plain(parts.text)
    assert "Invoice INV-2026-001: $500.00 Invoice INV-2026-001 · Amount outstanding: $0.00" in text
    assert "Invoice INV-2026-002: $1,836.00 Invoice INV-2026-002 · Amount outstanding: $12.34" in text
    assert "View invoice" not in parts.html, "there is no page of several invoices"
    assert "http" not in parts.text


def test_it_links_to_the_page_of_its_invoice_and_says_what_the_customer_owes() -> None:
    mailed = MailedReceipt(payment=payment_of(), invoice=invoice_of(page_token="token_1"), balance=-400)
    parts = parse(compose(mailed=mailed))
    assert "View invoice:\r\nhttps://invoices.example/i/token_1" in parts.text.replace("\n", "\r\n").replace(
        "\r\r", "\r"
    )
    assert 'href="https://invoices.example/i/token_1"' in parts.html
    assert "Balance: -$4.00" in plain(parts.text)


def test_without_a_reference_none_is_shown() -> None:
    parts = parse(compose(payment_of(reference=None, amount=5, currency="JPY")))
    assert "Reference" not in parts.text
    assert "¥5" in parts.text


@pytest.mark.parametrize("language", languages())
def test_every_language_has_words_of_its_own(language: str) -> None:
    raw = compose(payment_of(locale=language))
    assert_seven_bit(raw)
    parts, wording = parse(raw), wording_for(language)
    assert parts.message["Content-Language"] == language
    assert parts.message["Subject"] == without_isolates(wording.say("receipt_from", seller="Acme Studio GmbH"))
    assert plain(wording.say("receipt_intro", seller="Acme Studio GmbH")) in plain(parts.text)
    assert "{" not in parts.text
    if language != "en":
        for text in ("receipt_from", "receipt_intro", "statement_from", "statement_intro"):
            assert wording[text] != wording_for("en")[text]


def test_test_mode_is_marked_whatever_the_subject() -> None:
    assert parse(compose(account="acc_1#test")).message["Subject"] == "[Test] Payment receipt from Acme Studio GmbH"
    assert parse(compose(account="acc_1#test", subject="Paid")).message["Subject"] == "[Test] Paid"


def test_headers_cannot_be_injected() -> None:
    payment = payment_of(id=INJECTION, reference=INJECTION, seller=replace(SELLER, name=INJECTION))
    parts = parse(compose(payment, subject=INJECTION, message=INJECTION))
    assert parts.message["Bcc"] is None
    assert parts.message["Subject"] == "Acme Bcc: victim@evil.example <script>alert(1)</script>"
    assert [address.addr_spec for address in parts.message["From"].addresses] == ["invoices@mail.acme.example"]
    assert "<script>" not in parts.html
    (attachment,) = parts.message.iter_attachments()
    assert re.fullmatch(r"[\w.-]+\.pdf", str(attachment.get_filename()))


@settings(max_examples=examples(40), deadline=None)
@given(st.text(max_size=250), st.text(max_size=250), st.text(max_size=250))
def test_any_name_reference_and_subject_give_one_well_formed_message(name: str, reference: str, subject: str) -> None:
    raw = compose(payment_of(reference=reference, seller=replace(SELLER, name=name)), subject=subject)
    assert_seven_bit(raw)
    fields = [key for key in parse(raw).message if key in {"From", "To", "Subject", "Bcc", "Cc"}]
    assert fields == ["From", "To", "Subject"]


def test_the_same_delivery_gives_the_same_bytes() -> None:
    assert compose() == compose()
