"""The e-mail: a well-formed 7-bit message, whatever the names, subjects and messages hold."""

import email
import re
from dataclasses import dataclass, replace
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from invoicing.domain.deliveries.delivery import Delivery, DeliveryStatus
from invoicing.domain.invoices.invoice import Invoice, Status
from invoicing.domain.parties.logo import Image
from invoicing_documents.email.invoice_email import compose_invoice_email
from invoicing_documents.email.message import MOST_HTML
from invoicing_documents.wording import languages
from tests.documents.sample_invoices import SELLER, SENT_AT, invoice_of
from tests.examples import examples

PDF = b"%PDF-1.7\n\x00\xff\r\n.\r\n" * 400
URL = "https://invoices.example/i/0123456789abcdef0123456789abcdef"


def delivery_of(**overrides: Any) -> Delivery:
    delivery = Delivery(
        account="acc_1",
        id="dlv_1",
        version=1,
        document_id="inv_01",
        status=DeliveryStatus.QUEUED,
        recipient="ap@initech.example",
        to=("ap@initech.example",),
        hosted_url=URL,
        created_at=SENT_AT,
        updated_at=SENT_AT,
    )
    return replace(delivery, **overrides)


def compose(invoice: Invoice | None = None, **overrides: Any) -> bytes:
    delivery = delivery_of(**overrides)
    return compose_invoice_email(invoice or invoice_of(), delivery, PDF, sender="invoices@mail.acme.example")


@dataclass(frozen=True)
class Parts:
    """A message parsed back."""

    message: EmailMessage
    text: str
    html: str


def without_isolates(text: str) -> str:
    """A text as headers have it, without invisible controls."""
    return re.sub("[\u2066-\u2069]", "", text)


def parse(raw: bytes) -> Parts:
    message = email.message_from_bytes(raw, policy=SMTP)
    assert isinstance(message, EmailMessage)
    bodies = [message.get_body((kind,)) for kind in ("plain", "html")]
    assert all(bodies)
    text, html = (body.get_content() for body in bodies if body)
    return Parts(message, text, html)


def test_message_has_headers_both_texts_and_the_pdf() -> None:
    raw = compose(cc=("boss@initech.example",), recipient="secret@initech.example")
    parts = parse(raw)
    message = parts.message
    assert message["From"] == "Acme Studio GmbH <invoices@mail.acme.example>"
    assert message["Reply-To"] == "Acme Studio GmbH <billing@acme.example>"
    assert message["To"] == "ap@initech.example"
    assert message["Cc"] == "boss@initech.example"
    assert message["Subject"] == "Invoice INV-2026-001 from Acme Studio GmbH"
    assert message["Date"].datetime == SENT_AT
    assert message["Auto-Submitted"] == "auto-generated"
    assert b"secret@" not in raw
    assert message.get_content_type() == "multipart/mixed"
    assert [part.get_content_type() for part in message.walk()] == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "application/pdf",
    ]
    (attachment,) = message.iter_attachments()
    assert attachment.get_filename() == "INV-2026-001.pdf"
    assert attachment.get_content() == PDF
    for body in (parts.text, parts.html):
        for said in ("INV-2026-001", "$1,836.00", "Due on Dec\u00a022, 2026".replace(", ", ",\u00a0"), URL):
            assert said in body


def assert_seven_bit(raw: bytes) -> None:
    assert raw.isascii()
    assert b"\r\n" in raw
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert max(map(len, raw.split(b"\r\n"))) <= 998


def test_message_is_seven_bit_in_any_language() -> None:
    for language in languages():
        raw = compose(invoice_of(locale=language, seller=replace(SELLER, name="Żółć & Ωmega ООО")))
        assert_seven_bit(raw)
        parts = parse(raw)
        assert parts.message["From"].addresses[0].display_name == "Żółć & Ωmega ООО"
        assert parts.message["Content-Language"] == language
        assert f'<html lang="{language}" dir="' in parts.html


def test_same_delivery_gives_same_bytes_and_another_does_not() -> None:
    assert compose() == compose()
    first, second = parse(compose()).message, parse(compose(id="dlv_2")).message
    assert first["Message-ID"] != second["Message-ID"]
    assert first.get_boundary() != second.get_boundary()


def test_subject_and_message_of_the_business_are_used() -> None:
    parts = parse(compose(subject="Your invoice", message="Dear <b>Anna</b>,\n\nthank you & goodbye"))
    assert parts.message["Subject"] == "Your invoice"
    assert "Dear <b>Anna</b>,\n\nthank you & goodbye" in parts.text.replace("\r\n", "\n")
    lines = [line.strip() for line in parts.html.splitlines()]
    start = lines.index("Dear &lt;b&gt;Anna&lt;/b&gt;,<br>")
    assert lines[start : start + 3] == ["Dear &lt;b&gt;Anna&lt;/b&gt;,<br>", "<br>", "thank you &amp; goodbye"]


INJECTION = "Acme\r\nBcc: victim@evil.example\r\n\r\n<script>alert(1)</script>"


def test_headers_cannot_be_injected() -> None:
    raw = compose(invoice_of(seller=replace(SELLER, name=INJECTION), number=INJECTION), subject=INJECTION)
    parts = parse(raw)
    assert parts.message["Bcc"] is None
    assert parts.message["Subject"] == "Acme Bcc: victim@evil.example <script>alert(1)</script>"
    assert [address.addr_spec for address in parts.message["From"].addresses] == ["invoices@mail.acme.example"]
    assert "<script>" not in parts.html
    (attachment,) = parts.message.iter_attachments()
    assert attachment.get_filename() == "Acme-Bcc-victim-evil.example-script-alert-1-script.pdf"


@pytest.mark.parametrize(
    "text",
    [
        "=?utf-8?b?PGNlb0BiYW5rLmV4YW1wbGU+?=",
        "International Consulting, Engineering, and Development Services Company, Limited",
        '") ' + "x" * 70 + " " + "x" * 70 + "=?utf-8?q?x?==20 =20=20",
        "=?utf-8?q?a=00b?=",
        "Invoice INV-2026-001 from Générale mbH für Müller",
    ],
)
def test_a_name_or_subject_rewrites_no_header(text: str) -> None:
    raw = compose(invoice_of(seller=replace(SELLER, name=text)), subject=text, cc=("a@x.example", "b@x.example"))
    head = raw.partition(b"\r\n\r\n")[0]
    assert max(map(len, head.split(b"\r\n"))) <= 78
    assert b"?==?" not in head
    message = parse(raw).message
    assert message["Subject"] == text
    for field, address in (("From", "invoices@mail.acme.example"), ("Reply-To", "billing@acme.example")):
        (mailbox,) = message[field].addresses
        # CPython 3.13.0 puts a space between the encoded words of a name; test_email_headers.py compares exactly.
        assert (mailbox.display_name.replace(" ", ""), mailbox.addr_spec) == (text.replace(" ", ""), address)
    assert [mailbox.addr_spec for mailbox in message["To"].addresses] == ["ap@initech.example"]
    assert [mailbox.addr_spec for mailbox in message["Cc"].addresses] == ["a@x.example", "b@x.example"]


@pytest.mark.parametrize("language", languages())
def test_the_subject_of_test_mode_says_so(language: str) -> None:
    invoice = invoice_of(locale=language)
    subject = parse(compose(invoice)).message["Subject"]
    assert parse(compose(invoice, account="acc_1#test")).message["Subject"] == f"[Test] {subject}"
    assert "TEST" not in subject


def test_test_mode_marks_the_clients_own_subject_whole() -> None:
    subject = "x" * 250
    assert parse(compose(account="acc_1#test", subject=subject)).message["Subject"] == f"[Test] {subject}"


@settings(max_examples=examples(80), deadline=None)
@given(st.text(max_size=250), st.text(max_size=300), st.text(max_size=300))
def test_any_name_subject_and_message_gives_one_well_formed_message(name: str, subject: str, message: str) -> None:
    raw = compose(invoice_of(seller=replace(SELLER, name=name)), subject=subject, message=message)
    assert_seven_bit(raw)
    parts = parse(raw)
    assert [key for key, _ in parts.message.items() if key in {"From", "To", "Subject", "Bcc", "Cc"}] == [
        "From",
        "To",
        "Subject",
    ]
    assert [address.addr_spec for address in parts.message["From"].addresses] == ["invoices@mail.acme.example"]
    assert [part.get_content() for part in parts.message.iter_attachments()] == [PDF]


def test_international_domains_are_written_in_ascii() -> None:
    assert parse(compose(to=("ap@bücher.example",))).message["To"] == "ap@xn--bcher-kva.example"


def test_an_address_that_ascii_cannot_hold_is_refused() -> None:
    with pytest.raises(ValueError, match="ASCII"):
        compose(to=("bücher@initech.example",))


def test_a_paid_invoice_names_no_due_date() -> None:
    invoice = invoice_of(status=Status.PAID)
    parts = parse(compose(replace(invoice, amount_paid=invoice.total)))
    assert "Due on" not in parts.text
    assert "$0.00" in parts.text


def test_a_written_off_invoice_speaks_of_no_payment() -> None:
    parts = parse(compose(invoice_of(status=Status.PAID, amount_written_off=183600)))
    for word in ("Paid", "paid", "Thank", "Due on", "Written off"):
        assert word not in parts.text
        assert word not in parts.html


def test_of_the_longest_message_mail_programs_show_all_of_the_html_and_the_text_has_the_rest() -> None:
    parts = parse(compose(message='"' * 50_000, account="acc_1#test"))
    assert len(parts.html.encode()) <= MOST_HTML
    assert "…" in parts.html
    assert URL in parts.html
    assert "…" not in parts.text
    assert parts.text.count('"') == 50_000


@pytest.mark.parametrize("logo", [None, Image(content=b"x", content_type="image/png", width=10, height=10)])
def test_both_colour_schemes_are_declared_and_every_colour_has_its_dark_one(logo: Image | None) -> None:
    online = invoice_of(seller=replace(SELLER, payment_url="https://pay.acme.example/{number}"))
    html = parse(compose_invoice_email(online, delivery_of(), PDF, logo=logo, sender="i@acme.example")).html
    assert "Pay online" in html
    assert '<meta name="color-scheme" content="light dark">' in html
    dark = html[html.index("@media (prefers-color-scheme: dark)") : html.index("</style>")]
    ruled = set(re.findall(r"^\.(\w+) {", dark, re.MULTILINE))
    assert all("!important" in rule for rule in re.findall(r"[\w-]+: [^;]+;", dark))
    for tag in re.findall(r"<(?:td|table|div|body|span|th|tr|a)[^>]*(?:color|background)[^>]*>", html):
        (classes,) = re.findall(r'class="([^"]*)"', tag)
        assert ruled & set(classes.split()), tag
    if logo:
        # On its own light plate in both schemes: logos are often dark.
        assert "background:#ffffff" in re.findall(r"<img[^>]*>", html)[0]
