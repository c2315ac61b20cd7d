"""The e-mail to the account of what failed: what it says of each, in every language, and that names stay data."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from invoicing.domain.deliveries.delivery import DeliveryStatus
from invoicing_documents.wording import languages, wording_for
from tests.builders import an_account
from tests.documents.sample_invoices import invoice_of
from tests.documents.sample_notices import EVERY, compose, disabled_of, failed_of, unmade_of
from tests.documents.test_invoice_email import INJECTION, assert_seven_bit, parse
from tests.documents.test_statement_email import plain
from tests.examples import examples


def said_of(text: str) -> list[list[str]]:
    """What the text says of each e-mail, line by line."""
    return [block.splitlines() for block in text.split("\n\n")[2:-1]]


def test_it_says_of_each_what_happened_and_what_helps() -> None:
    parts = parse(compose())
    assert parts.message["From"] == "Acme Studio GmbH <invoices@mail.acme.example>"
    assert parts.message["Subject"] == "E-mails that were not delivered"
    address = "Enter a correct address and send the document again."
    suppression = "Clarify with the recipient, delete the suppression of the address and send the document again."
    again = "Send the document again later, or in another way."
    to = "Recipient: ap@initech.example"
    assert said_of(plain_lines(parts.text)) == [
        ["Invoice INV-2026-001", "The customer has no e-mail address.", address],
        [
            "Reminder INV-2026-001",
            to,
            "Nothing was sent, because earlier e-mails to this address failed.",
            suppression,
        ],
        ["Invoice INV-2026-001", to, "This address does not exist.", address],
        ["Credit note CN-2026-001", to, "The recipient’s mail server permanently refuses the e-mail.", suppression],
        ["Statement of account Oct 1, 2026 – Oct 31, 2026", to, "The recipient’s mailbox is full.", again],
        [
            "Payment receipt pay_01a2156803d97000a4fb73e0f5dcc6bd",
            to,
            "The e-mail could not be delivered.",
            again,
        ],
        ["Invoice INV-2026-001", to, "The recipient reported the e-mail as spam.", suppression],
        [
            "Invoice INV-2026-001",
            to,
            "It is not known whether the e-mail was sent.",
            "Ask the recipient, and send the document again if it did not arrive.",
        ],
    ]
    html = plain(parts.html)
    for line in (line for block in said_of(plain_lines(parts.text)) for line in block):
        assert line.removeprefix("Recipient: ") in html
    assert "E-mails not delivered: 8" in parts.text


def plain_lines(text: str) -> str:
    return "\n".join(plain(line).rstrip() for line in text.splitlines())


def test_it_says_how_many_it_does_not_name() -> None:
    parts = parse(compose(*EVERY[:2], unnamed=13))
    assert "E-mails not delivered: 15" in parts.text
    for body in (parts.text, parts.html):
        assert "Not listed here: 13" in body
    assert "Not listed" not in parse(compose()).text


def test_it_says_which_invoices_were_not_sent_when_they_should_have_been() -> None:
    parts = parse(compose(EVERY[0], unsent=(invoice_of(number=None), invoice_of(number="INV-7"))))
    why = ["The invoice was not sent at the scheduled time."]
    helps = ["The invoice shows the cause. Correct it, or send the invoice yourself."]
    who = [f"Recipient: {invoice_of().buyer.name}"]
    assert said_of(plain_lines(parts.text))[1:] == [
        ["Draft invoice", *who, *why, *helps],
        ["Invoice INV-7", *who, *why, *helps],
    ]
    assert "E-mails not delivered: 3" in parts.text


def test_it_says_which_invoices_of_schedules_could_not_be_made_and_why() -> None:
    parts = parse(compose(EVERY[0], unmade=(unmade_of(), unmade_of(customer=None))))
    why = "The invoice of this date could not be made. issue_date is in a locked period."
    helps = "Correct what is wrong, or skip the date. Until then the later dates wait."
    title = "Recurring invoice Nov 30, 2026"
    assert said_of(plain_lines(parts.text))[1:] == [
        [title, "Recipient: Initech Ltd.", why, helps],
        [title, why, helps],
    ]
    assert parts.message["Subject"] == "E-mails that were not delivered · Invoices that were not made"
    assert "E-mails not delivered · Invoices that were not made: 3" in parts.text
    alone = parse(compose(unmade=(unmade_of(),)))
    assert alone.message["Subject"] == "Invoices that were not made"
    assert "Invoices that were not made: 1" in alone.text
    assert "e-mail" not in plain(alone.text).partition("Recurring invoice")[0].lower()


def test_it_says_which_webhooks_were_disabled_and_how_to_get_what_they_missed() -> None:
    disabled = (disabled_of(), disabled_of("gone"))
    berlin = an_account(time_zone="Europe/Berlin")
    parts = parse(compose(EVERY[0], unmade=(unmade_of(),), disabled=disabled, account=berlin))
    title = "Webhook hooks.example.com · webhook_1"
    helps = "Correct the endpoint, set the status of the webhook to “active” and replay the events that it missed."
    assert said_of(plain_lines(parts.text))[2:] == [
        [title, "Disabled since Nov 23, 2026, because its endpoint had failed for a day or more.", helps],
        [title, "Disabled since Nov 23, 2026, because its endpoint answered that it is gone (410).", helps],
    ]
    subjects = ["E-mails that were not delivered", "Invoices that were not made", "Webhooks that were disabled"]
    assert parts.message["Subject"] == " · ".join(subjects)
    assert title in plain(parts.html)
    assert "secret-path" not in parts.text + parts.html, "the path may be one"
    alone = parse(compose(disabled=disabled[:1], account=an_account(time_zone="Asia/Tokyo")))
    assert alone.message["Subject"] == "Webhooks that were disabled"
    assert "since Nov 24, 2026" in plain(alone.text)
    assert "e-mail" not in plain(alone.text).partition("Webhook hooks")[0].lower()


def test_fifty_long_messages_stay_whole_in_mail_programs() -> None:
    longest = unmade_of("items[0].description has <b>&nbsp; " * 100, customer="N" * 200)
    html = parse(compose(unmade=(longest,) * 50)).html
    assert len(html) < 100_000
    assert "<b>&nbsp;" not in html


@pytest.mark.parametrize(
    "failure", ["content_refused", "rejected", "timed_out", "undetermined", "too_large", "of another time", None]
)
def test_whatever_else_happened_it_says_something(failure: str | None) -> None:
    text = parse(compose(failed_of(failure, DeliveryStatus.FAILED))).text
    assert "The e-mail could not be delivered." in text


def test_a_document_that_is_gone_or_has_no_number_is_named_by_its_kind() -> None:
    gone, draft = failed_of(document=None), failed_of(document=invoice_of(number=None))
    said = said_of(plain_lines(parse(compose(gone, draft)).text))
    assert [first for first, *_ in said] == ["Invoice", "Invoice"]


def test_fifty_stay_whole_in_mail_programs() -> None:
    """Some cut off what is longer than some 100 KB."""
    longest = failed_of("refused", recipient=f"{'a' * 64}@{'b' * 180}.example")
    assert len(parse(compose(*[longest] * 50)).html) < 100_000


@pytest.mark.parametrize("language", languages())
def test_every_language_has_words_of_its_own(language: str) -> None:
    account = an_account(locale=language)
    raw = compose(*EVERY, unsent=(invoice_of(),), unnamed=3, account=account)
    assert_seven_bit(raw)
    parts, wording = parse(raw), wording_for(language)
    assert parts.message["Content-Language"] == language
    assert parts.message["Subject"] == wording["notice_subject"]
    with_schedules = parse(compose(unmade=(unmade_of(),), account=account))
    assert with_schedules.message["Subject"] == wording["notice_not_made"]
    with_webhooks = parse(compose(disabled=(disabled_of(), disabled_of("gone")), account=account))
    assert with_webhooks.message["Subject"] == wording["notice_disabled"]
    texts = [plain(each.text) for each in (parts, with_schedules, with_webhooks)]
    read = "".join([*texts, parts.message["Subject"]])
    assert "{" not in read
    own = {name: text for name, text in wording.texts.items() if name.startswith("notice_")}
    for name in own:
        assert plain(wording.say(name, count="3", date=wording.date(date(2026, 11, 23)))) in read, name


def test_test_mode_is_marked() -> None:
    raw = compose(account=an_account(), test=True)
    assert parse(raw).message["Subject"] == "[Test] E-mails that were not delivered"


@settings(max_examples=examples(15), deadline=None)
@given(st.text(max_size=250), st.text(max_size=250))
def test_any_name_and_number_give_one_well_formed_message(name: str, number: str) -> None:
    for text in (name, INJECTION):
        raw = compose(failed_of(document=invoice_of(number=number)), account=an_account(name=text))
        assert_seven_bit(raw)
        parts = parse(raw)
        fields = [key for key in parts.message if key in {"From", "To", "Subject", "Bcc", "Cc"}]
        assert fields == ["From", "To", "Subject"]
        assert [address.addr_spec for address in parts.message["From"].addresses] == ["invoices@mail.acme.example"]
        assert "<script>" not in parts.html
