"""The e-mail of a statement: what it says, in every language, and that names stay data."""

import io
import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from invoicing.domain.ledger.entry import Movement, OpenItemChange
from invoicing.domain.ledger.statement_mail import StatementMail
from invoicing.domain.parties.details import BankAccount
from invoicing.operations.customers.get_customer_statement import CustomerStatement
from invoicing.operations.documents.statement import MailedStatement
from invoicing_documents.email.statement_email import compose_statement_email
from invoicing_documents.wording import languages, wording_for
from tests.documents.sample_invoices import SELLER
from tests.documents.sample_statements import END, MADE_AT, MOVEMENTS, START, a_statement, entry_of
from tests.documents.test_invoice_email import INJECTION, assert_seven_bit, delivery_of, parse, without_isolates
from tests.examples import examples
from tests.fakes import FakeObjectStore


def compose(found: CustomerStatement | None = None, **overrides: Any) -> bytes:
    delivery = delivery_of(document_kind="statement", document_id="stmt_1", hosted_url="", **overrides)
    mail = StatementMail(
        account="acc_1", id="stmt_1", customer_id="cust_123", start=START, end=END, day=END, created_at=MADE_AT
    )
    statement = MailedStatement(mail=mail, found=found or a_statement())
    return compose_statement_email(statement, delivery, FakeObjectStore(), sender="invoices@mail.acme.example")


def plain(text: str) -> str:
    return re.sub(r"[\s\u00a0\u202f]+", " ", text)


def test_it_says_what_is_owed_and_the_pdf_says_the_same() -> None:
    parts = parse(compose())
    assert parts.message["From"] == "Acme Studio GmbH <invoices@mail.acme.example>"
    assert parts.message["Subject"] == "Statement of account from Acme Studio GmbH"
    (attachment,) = parts.message.iter_attachments()
    assert attachment.get_filename() == "statement-2026-11-01-2026-11-30.pdf"
    words = plain(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(attachment.get_content())).pages))
    for body in (plain(parts.text), plain(parts.html), words):
        for said in ("Closing balance", "$85.00", "Nov 1, 2026 – Nov 30, 2026"):
            assert said in body
    assert "http" not in parts.text


def test_of_several_currencies_all_are_named() -> None:
    more = entry_of(29, Movement.INVOICE, 12300, currency="JPY")
    parts = parse(compose(a_statement((*MOVEMENTS, more))))
    assert "¥12,300" in plain(parts.text)
    assert "$85.00" in plain(parts.text)


@pytest.mark.parametrize("language", languages())
def test_every_language_has_words_of_its_own(language: str) -> None:
    raw = compose(a_statement(locale=language))
    assert_seven_bit(raw)
    parts, wording = parse(raw), wording_for(language)
    assert parts.message["Content-Language"] == language
    assert parts.message["Subject"] == without_isolates(wording.say("statement_from", seller="Acme Studio GmbH"))
    assert plain(wording.say("statement_intro", seller="Acme Studio GmbH")) in plain(parts.text)
    assert "{" not in parts.text


def test_test_mode_is_marked() -> None:
    subject = parse(compose(account="acc_1#test")).message["Subject"]
    assert subject == "[Test] Statement of account from Acme Studio GmbH"


@settings(max_examples=examples(15), deadline=None)
@given(st.text(max_size=250), st.text(max_size=250))
def test_any_name_and_subject_give_one_well_formed_message(name: str, subject: str) -> None:
    for text in (name, INJECTION):
        raw = compose(a_statement(seller=replace(SELLER, name=text)), subject=subject)
        assert_seven_bit(raw)
        parts = parse(raw)
        fields = [key for key in parts.message if key in {"From", "To", "Subject", "Bcc", "Cc"}]
        assert fields == ["From", "To", "Subject"]
        assert [address.addr_spec for address in parts.message["From"].addresses] == ["invoices@mail.acme.example"]


def test_one_that_must_not_be_sent_is_not_composed() -> None:
    mail = StatementMail(
        account="acc_1", id="stmt_1", customer_id="cust_123", start=START, end=END, day=END, created_at=MADE_AT
    )
    refused = MailedStatement(mail=mail, refusal="customer_deleted")
    with pytest.raises(ValueError, match="stmt_1"):
        compose_statement_email(refused, delivery_of(), FakeObjectStore(), sender="invoices@mail.acme.example")


def test_it_says_what_is_overdue_for_how_long_and_how_to_pay_with_the_pdf() -> None:
    changes = (OpenItemChange(due_date=date(2026, 10, 20), amount=18800, count=1),)
    more = entry_of(29, Movement.INVOICE, 18800, open_items=changes)
    bank = BankAccount(iban="DE89370400440532013000", holder="Acme")
    parts = parse(compose(a_statement((*MOVEMENTS, more), seller=replace(SELLER, bank_account=bank))))
    (attachment,) = parts.message.iter_attachments()
    words = plain(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(attachment.get_content())).pages))
    for body in (plain(parts.text), plain(re.sub("<[^>]+>", " ", parts.html)), words):
        assert re.search(r"Days overdue 31–60:? \$?188\.00", body)
        assert re.search(r"Not yet due:? \$?0\.00", body)
        assert "DE89 3704 0044 0532 0130 00" in body
    assert "Due on Oct 20, 2026" in words


def test_where_nothing_is_owed_it_does_not_say_how_to_pay() -> None:
    bank = BankAccount(iban="DE89370400440532013000", holder="Acme")
    paid = a_statement((entry_of(3, Movement.PAYMENT, -100, 100),), seller=replace(SELLER, bank_account=bank))
    assert "DE89" not in parse(compose(paid)).text


@pytest.mark.parametrize("language", ["ar", "he"])
def test_days_overdue_read_from_left_to_right_in_any_language(language: str) -> None:
    changes = (OpenItemChange(due_date=date(2026, 10, 20), amount=18800, count=1),)
    statement = a_statement((entry_of(29, Movement.INVOICE, 18800, open_items=changes),), locale=language)
    assert "\N{LEFT-TO-RIGHT MARK}31–60" in parse(compose(statement)).text
