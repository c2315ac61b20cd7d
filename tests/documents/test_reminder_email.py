"""Reminders as e-mails: worded for the day, with what is still owed and nothing else, in every language."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from invoicing.domain.invoices.invoice import Status
from invoicing.domain.parties.details import BankAccount
from invoicing.domain.reminders.settings import Mode
from invoicing.operations.documents.invoice import INVOICE
from invoicing_documents.email.message import MOST_HTML
from invoicing_documents.email.reminder_email import MOST_LISTED, MOST_PDFS
from invoicing_documents.wording import languages, wording_for
from tests.documents.sample_invoices import DRAWN, SELLER
from tests.documents.sample_reminders import DAY, PAGES, attached, compose, mail_of, owed, plain, words_of
from tests.examples import examples
from tests.fakes import FakeObjectStore

INJECTION = 'INV"\r\nBcc: victim@evil.example\r\n\r\n<script>alert(1)</script>{seller}{{ account.iban }}'


@pytest.mark.parametrize(
    ("due", "subject", "says"),
    [
        (3, "Reminder: invoice INV-2027-0001 from Acme Studio GmbH is due on Mar 13, 2027", "Due on Mar 13, 2027"),
        (1, "Reminder: invoice INV-2027-0001 from Acme Studio GmbH is due on Mar 11, 2027", "Due on Mar 11, 2027"),
        (0, "Reminder: invoice INV-2027-0001 from Acme Studio GmbH is due today", "Mar 10, 2027 · Due today"),
        (-1, "Payment reminder: invoice INV-2027-0001 from Acme Studio GmbH is overdue", "Days overdue: 1"),
        (-400, "Payment reminder: invoice INV-2027-0001 from Acme Studio GmbH is overdue", "Days overdue: 400"),
    ],
)
def test_the_wording_is_that_of_the_day_of_sending(due: int, subject: str, says: str) -> None:
    parts = mail_of(owed(1, DAY + timedelta(days=due)))
    assert plain(parts.message["Subject"]) == subject
    for body in (parts.text, parts.html):
        assert says in plain(body)
        assert ("overdue" in plain(body)) == (due < 0)


@pytest.mark.parametrize("mode", ["per_invoice", "per_customer"])
def test_only_what_is_still_owed_is_asked_for(mode: Mode) -> None:
    invoice = owed(1, amount=1000, amount_paid=40000, applied_to_invoice=5000, status=Status.PARTIALLY_PAID)
    parts = mail_of(invoice, mode=mode)
    for body in (parts.text, parts.html):
        assert "$550.00" in body
        assert "1,000" not in body
    if mode == "per_customer":
        (statement,) = attached(parts).values()
        assert "$550.00" in words_of(statement)
        assert "1,000" not in words_of(statement)


def test_sums_are_never_across_currencies() -> None:
    invoices = (
        owed(1, DAY - timedelta(days=9), 100),
        owed(2, DAY, 200, currency="EUR"),
        owed(3, DAY + timedelta(days=9), 300),
        owed(4, DAY + timedelta(days=9), 36000, currency="JPY"),
        owed(5, DAY + timedelta(days=9), 7, currency="KWD"),
    )
    parts = mail_of(*invoices, mode="per_customer")
    for body in (parts.text, parts.html):
        assert "€200.00 · ¥36,000 · KWD 7.000 · $400.00" in plain(body)
        assert "Due by today: €200.00 · $100.00" in plain(body)
    (statement,) = attached(parts).values()
    for part in ("Amount outstanding (USD) $400.00", "Amount outstanding (EUR) €200.00", "(JPY) ¥36,000", "KWD 7.000"):
        assert part in words_of(statement)


def test_several_invoices_are_named_each_with_its_page_its_due_date_and_what_is_owed() -> None:
    parts = mail_of(owed(1, DAY - timedelta(days=7), 200), owed(2, DAY, 300), owed(3, DAY + timedelta(days=1), 50))
    assert plain(parts.message["Subject"]) == "Payment reminder from Acme Studio GmbH: open invoices"
    for said in ("Mar 3, 2027 · Days overdue: 7", "Mar 10, 2027 · Due today", "Mar 11, 2027", "$550.00"):
        assert said in plain(parts.text)
    for number in (1, 2, 3):
        assert f"{PAGES}/page{number}\n" in parts.text.replace("\r\n", "\n")
        assert f'<a href="{PAGES}/page{number}"' in parts.html
    assert "View invoice" not in parts.html
    assert list(attached(parts)) == ["INV-2027-0001.pdf", "INV-2027-0002.pdf", "INV-2027-0003.pdf"]


@pytest.mark.parametrize(
    ("days", "says"),
    [
        ((1, 5), "and their due dates"),
        ((0, 5), "At least one of them is due today"),
        ((-1, 0, 5), "at least one of them is overdue"),
    ],
)
def test_several_are_worded_for_the_most_overdue(days: Sequence[int], says: str) -> None:
    parts = mail_of(*(owed(number, DAY + timedelta(days=day)) for number, day in enumerate(days, 1)))
    assert says in plain(parts.text)


def test_what_was_settled_meanwhile_is_left_out() -> None:
    paid = owed(1, DAY - timedelta(days=9), 100, status=Status.PAID, amount_paid=10000)
    cancelled = owed(2, DAY - timedelta(days=8), 100, status=Status.CANCELLED)
    parts = mail_of(paid, cancelled, owed(3, DAY, 300), message="{{ invoice.number }}")
    assert plain(parts.message["Subject"]).endswith("invoice INV-2027-0003 from Acme Studio GmbH is due today")
    for body in (parts.text, parts.html):
        assert "$300.00" in body
        assert f"{PAGES}/page3" in body
        assert not re.search("0001|0002|page1|page2", body)
        assert "This is a friendly reminder" in plain(body), "the text was written for an invoice that is paid"
    assert list(attached(parts)) == ["INV-2027-0003.pdf"]


def test_the_pdf_is_the_one_that_was_sent_with_the_invoice() -> None:
    invoice, objects = owed(1, amount_paid=100), FakeObjectStore()
    issued = objects.keep(INVOICE.object_name(invoice), b"%PDF-1.7 as issued")
    assert attached(mail_of(invoice, objects=objects)) == {"INV-2027-0001.pdf": issued}


@pytest.mark.parametrize(("count", "mode"), [(MOST_PDFS + 1, "per_invoice"), (2, "per_customer"), (1, "per_customer")])
def test_a_statement_stands_for_many_invoices(count: int, mode: Mode) -> None:
    parts = mail_of(*(owed(number) for number in range(1, count + 1)), mode=mode)
    assert "The attached statement lists your open invoices as of Mar 10, 2027." in plain(parts.text)
    ((name, statement),) = attached(parts).items()
    assert name == "statement-2027-03-10.pdf"
    said = words_of(statement)
    for number in range(1, count + 1):
        assert f"INV-2027-{number:04}" in said
    for part in ("Open invoices", "Acme Studio GmbH", "Initech Ltd.", "DE89 3704 0044 0532 0130 00", "Due today"):
        assert part in said


def test_up_to_a_limit_the_invoices_themselves_are_attached() -> None:
    assert len(attached(mail_of(*(owed(number) for number in range(1, MOST_PDFS + 1))))) == MOST_PDFS


def test_a_very_long_list_is_cut_off_but_its_sum_and_its_statement_are_whole() -> None:
    count = MOST_LISTED + 20
    parts = mail_of(*(owed(number, amount=1) for number in range(1, count + 1)))
    for body in (parts.text, parts.html):
        assert f"INV-2027-{MOST_LISTED:04}" in body
        assert f"INV-2027-{MOST_LISTED + 1:04}" not in body
        assert "…" in body
        assert f"${count}.00" in body
    assert len(parts.html.encode()) < MOST_HTML
    (statement,) = attached(parts).values()
    assert all(f"INV-2027-{number:04}" in words_of(statement) for number in (1, MOST_LISTED + 1, count))


def test_with_long_numbers_and_a_long_message_fewer_are_listed_so_that_mail_programs_show_all_of_it() -> None:
    count = MOST_LISTED
    invoices = [owed(number, number=f"{'&' * 50}{number:04}") for number in range(1, count + 1)]
    parts = mail_of(*invoices, message="&" * 10_000)
    assert len(parts.html.encode()) <= MOST_HTML
    assert "&amp;0001<" in parts.html
    assert f"&amp;{count:04}<" not in parts.html
    assert f"&{count:04}" in parts.text


def test_it_says_how_to_pay() -> None:
    bank = BankAccount(iban="DE89370400440532013000", bic="COBADEFFXXX", holder="Acme <Holding>")
    seller = replace(SELLER, bank_account=bank, payment_instructions="Pay by transfer\nor <b>card</b>.")
    parts = mail_of(owed(1, seller=seller))
    for said in ("DE89 3704 0044 0532 0130 00", "COBADEFFXXX", "Payment reference: INV-2027-0001"):
        assert said in plain(parts.text)
        assert said in plain(re.sub("<[^>]+>", "", parts.html))
    assert "Acme &lt;Holding&gt;" in parts.html
    assert "or &lt;b&gt;card&lt;/b&gt;." in parts.html
    assert "Payment reference" not in mail_of(owed(1, seller=seller), owed(2, seller=seller)).text
    bare = mail_of(owed(1, seller=replace(SELLER, bank_account=None, payment_instructions=None)))
    assert "IBAN" not in bare.text + bare.html


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("days", [-30, 0, 30])
def test_every_language_has_every_text(language: str, days: int) -> None:
    wording, due = wording_for(language), DAY + timedelta(days=days)
    for invoices in ([owed(1, due, locale=language)], [owed(1, due, locale=language), owed(2, due, locale=language)]):
        parts = mail_of(*invoices, mode="per_customer")
        assert parts.message["Content-Language"] == language
        subject = plain(parts.message["Subject"])
        assert "Acme Studio GmbH" in subject
        assert ("INV-2027-0001" in subject) == (len(invoices) == 1)
        for body in (parts.text, parts.html):
            said = plain(body)
            assert wording.money(10000 * len(invoices), "USD") in body
            assert plain(wording.date(due)) in said
            assert plain(wording["reminder_thanks"]) in said
            assert not re.search(r"\{\w*\}", parts.text), "a placeholder is left"
            assert ".." not in parts.text, "a sentence ends twice"
        (statement,) = attached(parts).values()
        if language not in DRAWN:
            continue
        assert plain(wording["open_invoices"]) in words_of(statement)
        assert "\N{REPLACEMENT CHARACTER}" not in words_of(statement)


def test_hostile_names_and_numbers_stay_data() -> None:
    seller = replace(SELLER, name=INJECTION, payment_instructions=INJECTION)
    several = tuple(owed(number, number=INJECTION, seller=seller) for number in (1, 2))
    for invoices in (several[:1], several):
        parts = mail_of(*invoices)
        assert parts.message["Bcc"] is None
        assert [address.addr_spec for address in parts.message["From"].addresses] == ["invoices@mail.acme.example"]
        assert "<script>" not in parts.html
        assert "{seller}{{ account.iban }}" in plain(parts.html), "what clients write is not a template"
        assert all(re.fullmatch(r"[\w.-]+\.pdf", str(name)) for name in attached(parts))


@settings(max_examples=examples(15), deadline=None)
@given(st.text(max_size=120), st.text(max_size=120), st.integers(1, 3))
def test_any_names_and_numbers_give_one_well_formed_message(name: str, number: str, count: int) -> None:
    invoices = (owed(each, number=number, seller=replace(SELLER, name=name)) for each in range(1, count + 1))
    parts = mail_of(*invoices, mode="per_customer")
    fields = [key for key in parts.message if key in {"From", "To", "Subject", "Bcc", "Cc"}]
    assert fields == ["From", "To", "Subject"]


def test_test_mode_is_marked_and_the_same_reminder_gives_the_same_bytes() -> None:
    parts = mail_of(owed(1), subject="{{ invoice.number }}", account="acc_1#test")
    assert parts.message["Subject"] == "[Test] INV-2027-0001"
    assert compose(owed(1)) == compose(owed(1))
