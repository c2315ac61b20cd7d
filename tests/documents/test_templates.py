"""Documents in the design of a template: PDF, page and e-mail."""

import base64
import email
import hashlib
import io
from dataclasses import replace
from datetime import date
from decimal import Decimal
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any

import pytest
from pypdf import PdfReader

from invoicing.domain.invoices.invoice import Invoice, Status
from invoicing.domain.invoices.particulars import Particulars
from invoicing.domain.invoices.payment_means import PaymentMeans
from invoicing.domain.money.discounts import Discount
from invoicing.domain.parties.customer import Buyer
from invoicing.domain.parties.details import TaxId
from invoicing.domain.templates.template import Design, Template, TemplateRef
from invoicing_documents.designs import as_issued, palette_of
from invoicing_documents.email.credit_note_email import compose_credit_note_email
from invoicing_documents.email.invoice_email import compose_invoice_email
from invoicing_documents.page import content_security_policy, render_invoice_page
from invoicing_documents.pdf import (
    render_credit_note_pdf,
    render_invoice_pdf,
)
from tests.builders import a_credit_note
from tests.documents.drawn import pieces_of
from tests.documents.sample_invoices import BUYER, SENT_AT, invoice_of, line_of
from tests.documents.test_invoice_email import delivery_of

SENDER = "invoices@mail.acme.example"
HOSTILE = "{{ 7*7 }}<b>&{% raw %}"


def template(**design: Any) -> Template:
    ref = TemplateRef("tmpl_1", 1)
    return Template(
        account="acc_1", id=ref.key, ref=ref, name="A", design=Design(**design), created_at=SENT_AT, updated_at=SENT_AT
    )


def drawn(invoice: Invoice, **design: Any) -> str:
    """The text of a PDF, its pieces one after the other."""
    return text_of(render_invoice_pdf(invoice, template=template(**design)))


def text_of(pdf: bytes) -> str:
    return " ".join(piece.text for page in pieces_of(pdf) for piece in page)


def shown(invoice: Invoice, **design: Any) -> str:
    return render_invoice_page(invoice, template=template(**design), pdf_url="/pdf")


def mailed(invoice: Invoice, **design: Any) -> tuple[str, str, str]:
    """Subject, text and HTML of an e-mail."""
    raw = compose_invoice_email(invoice, delivery_of(), b"%PDF", template=template(**design), sender=SENDER)
    message = email.message_from_bytes(raw, EmailMessage, policy=SMTP)
    text, html = (message.get_body((kind,)) for kind in ("plain", "html"))
    assert text is not None
    assert html is not None
    return message["Subject"], text.get_content(), html.get_content()


def test_nobody_is_told_to_pay_what_is_debited() -> None:
    debited = invoice_of(particulars=Particulars(payment_means=PaymentMeans(code="49", mandate_reference="M-1")))
    for make in (drawn, shown):
        assert "Transfer it" in make(invoice_of(), payment_instructions="Transfer it")
        made = make(debited, payment_instructions="Transfer it")
        assert "Transfer it" not in made
        assert "M-1" in made


def test_nobody_is_told_to_pay_nothing() -> None:
    free = invoice_of(discount=Discount(type="percentage", value=Decimal(100)))
    for make in (drawn, shown):
        made = make(free, payment_instructions="Transfer it")
        assert "Transfer it" not in made
        assert "IBAN" not in made
    assert "IBAN" in drawn(invoice_of())


def test_a_label_is_one_line_that_turns_nothing_around() -> None:
    labels = {"amount_due": "Still\n\u202edue\x00", "due_date": "\u202e"}
    text, page, mail = (make(invoice_of(), labels=labels) for make in (drawn, shown, mailed))
    for made in (text, page, *mail[1:]):
        assert "Still due" in made
        assert not {"\u202e", "\x00"} & set(made)
    assert "Due date" in text


def test_labels_stand_in_place_of_ours_everywhere() -> None:
    labels = {"invoice": "Honorarnote", "bill_to": "An", "amount_due": "Offen", "invoice_from": "{number} / {seller}"}
    text, page, mail = (make(invoice_of(), labels=labels) for make in (drawn, shown, mailed))
    for each in (text, page):
        assert "Honorarnote" in each
        assert "Bill to" not in each
        assert "Offen" in each
    assert mail[0] == f"{invoice_of().number} / Acme Studio GmbH"
    assert "Offen" in mail[1]
    assert "Offen" in mail[2]


def test_texts_of_a_template_are_on_pdf_and_page() -> None:
    texts = {
        "header": "Of {{ account.name }}",
        "footer": "{{ customer.name }}: thank you",
        "payment_instructions": "Pay {{ invoice.amount_due }}",
    }
    for text in (drawn(invoice_of(), **texts), shown(invoice_of(), **texts)):
        assert "Of Acme Studio GmbH" in text
        assert "Initech Ltd.: thank you" in text
        assert "Please transfer" not in text
        assert "Pay " in text
    assert "Please transfer" in drawn(invoice_of(), header="A"), "those of the account, where the template has none"


def test_values_of_customers_are_data_everywhere() -> None:
    buyer = replace(BUYER, name=HOSTILE, tax_ids=(TaxId(type="eu_vat", value="<iframe src=file:///etc/passwd>"),))
    invoice = replace(invoice_of(), buyer=buyer)
    texts = dict.fromkeys(("header", "footer", "email_subject", "email_body"), "Hi {{ customer.name }}")
    text, page, (subject, plain, html) = drawn(invoice, **texts), shown(invoice, **texts), mailed(invoice, **texts)
    assert text.count(f"Hi {HOSTILE}") == 2
    assert "<iframe src=file:///etc/passwd>" in text
    escaped = "{{ 7*7 }}&lt;b&gt;&amp;{% raw %}"
    assert page.count(f"Hi {escaped}") == 2
    assert "<iframe" not in page
    assert subject == f"Hi {HOSTILE}"
    assert f"Hi {HOSTILE}" in plain
    assert f"Hi {escaped}" in html
    assert "<b>" not in page + html


def test_own_words_are_text_and_no_html() -> None:
    for html in (shown(invoice_of(), footer="<b>&"), mailed(invoice_of(), email_body="<b>&")[2]):
        assert "&lt;b&gt;&amp;" in html
        assert "<b>" not in html


@pytest.mark.parametrize("layout", ["classic", "modern", "compact"])
def test_the_pdf_of_an_issued_invoice_does_not_depend_on_what_happened_since(layout: Any) -> None:
    footer = "{{ invoice.status }} {{ invoice.amount_paid }} {{ invoice.amount_due }} {{ invoice.days_overdue }}"
    design = template(layout=layout, footer=footer, payment_instructions="{{ invoice.paid_date }}|")
    issued = invoice_of()
    paid = replace(
        issued,
        status=Status.PAID,
        amount_paid=issued.total,
        paid_date=date(2027, 1, 1),
        overdue_at=SENT_AT,
        viewed_at=SENT_AT,
    )
    assert render_invoice_pdf(paid, template=design) == render_invoice_pdf(issued, template=design)
    assert as_issued(paid).amount_due == issued.total


@pytest.mark.parametrize("column", ["sku", "quantity", "unit_price", "tax", "discount"])
def test_a_column_that_is_left_out_is_nowhere(column: str) -> None:
    line = line_of("Work", "3", "70", "0.08", sku="SKU-1")
    invoice = invoice_of([line])
    columns = tuple(each for each in ("sku", "quantity", "unit_price", "tax", "discount") if each != column)
    words = {"sku": "SKU-1", "quantity": "Quantity", "unit_price": "Unit price", "tax": ">Tax<"}
    page = shown(invoice, columns=columns)
    for name, word in words.items():
        assert (word in page) == (name != column)
        if name != "tax":  # which stands beside the totals too
            assert (word in drawn(invoice, columns=columns)) == (name != column)


def test_without_any_column_there_are_descriptions_and_amounts() -> None:
    text = drawn(invoice_of([line_of("Work", "3", "70", sku="SKU-1")]), columns=())
    assert "Work" in text
    assert "210.00" in text
    assert not any(word in text for word in ("SKU-1", "Quantity", "Unit price"))


@pytest.mark.parametrize(("paper", "size"), [("A4", (595.28, 841.89)), ("Letter", (612, 792))])
@pytest.mark.parametrize("layout", ["classic", "modern", "compact"])
def test_every_layout_is_drawn_on_its_paper_and_within_it(paper: Any, size: tuple[float, float], layout: Any) -> None:
    design = template(paper_size=paper, layout=layout, header="Header", footer="Footer", accent_color="#ffcc00")
    invoice = invoice_of([line_of(f"Work {number}") for number in range(60)])
    pdf = render_invoice_pdf(invoice, template=design)
    pages = pieces_of(pdf)
    assert [float(side) for side in PdfReader(io.BytesIO(pdf)).pages[0].mediabox[2:]] == pytest.approx(size, abs=0.01)
    for page in pages:
        assert all(piece.x > 30 and piece.x + piece.width < size[0] - 30 for piece in page)
        assert all(15 < piece.y < size[1] - 15 for piece in page)
        assert sum(piece.text == "Footer" for piece in page) == 1, "at the foot of each page"
    assert "Header" in {piece.text for piece in pages[0]}
    assert "Header" not in {piece.text for page in pages[1:] for piece in page}


def test_compact_needs_fewer_pages_and_is_still_readable() -> None:
    invoice = invoice_of([line_of(f"Work {number}") for number in range(100)])
    classic, compact = (
        pieces_of(render_invoice_pdf(invoice, template=template(layout=it))) for it in ("classic", "compact")
    )
    assert len(compact) < len(classic)
    assert min(piece.size for page in compact for piece in page) >= 6.2


def test_a_long_footer_ends_the_document_whole() -> None:
    pages = pieces_of(render_invoice_pdf(invoice_of(), template=template(footer="Terms of ours. " * 300)))
    assert sum(piece.text.count("Terms") for page in pages for piece in page) == 300
    assert len(pages) == 2


def test_a_text_that_gets_too_long_is_left_out_and_the_document_is_made() -> None:
    long = "{% for a in invoice.items %}{% for b in invoice.items %}{{ b.description }}{% endfor %}{% endfor %}"
    invoice = invoice_of([line_of(f"Work {number}") for number in range(200)])
    design = dict.fromkeys(("footer", "payment_instructions", "email_subject", "email_body"), long)
    assert "Please transfer" in drawn(invoice, **design)
    subject, text, _html = mailed(invoice, **design)
    assert subject == f"Invoice {invoice.number} from Acme Studio GmbH"
    assert "Please find attached" in text


def test_the_email_has_the_words_of_the_template_with_the_amounts_of_today() -> None:
    invoice = replace(invoice_of(), status=Status.PARTIALLY_PAID, amount_paid=100)
    body = "Open: {{ invoice.amount_due }}\n{{ invoice.hosted_url }}"
    subject, text, html = mailed(invoice, email_subject="Yours:\n{{ invoice.number }}", email_body=body)
    assert subject == f"Yours: {invoice.number}"
    due = f"Open: ${invoice.amount_due // 100:,}.{invoice.amount_due % 100:02}"
    for each in (text, html):
        assert due in each
        assert delivery_of().hosted_url in each


def test_words_of_the_request_come_before_those_of_the_template() -> None:
    delivery = delivery_of(subject="Mine", message="My message")
    own = template(email_subject="Template", email_body="Of the template")
    raw = compose_invoice_email(invoice_of(), delivery, b"%PDF", template=own, sender=SENDER).decode()
    assert "Subject: Mine" in raw
    assert "My message" in raw
    assert "Of the template" not in raw


def test_colors_follow_the_accent_and_the_policy_knows_the_sheet() -> None:
    page = shown(invoice_of(), accent_color="#00aa77")
    assert "--area: #00aa77; --on-area: #000000" in page
    sheet = page.partition("<style>")[2].partition("</style>")[0]
    digest = base64.b64encode(hashlib.sha256(sheet.encode()).digest()).decode()
    assert f"'sha256-{digest}'" in content_security_policy(template(accent_color="#00aa77"))
    assert f"'sha256-{digest}'" not in content_security_policy()
    html = mailed(invoice_of(), accent_color="#00aa77")[2]
    assert "background:#00aa77;color:#000000" in html
    assert "#1f4e79" not in html


def test_a_credit_note_has_the_design_and_knows_little_of_its_invoice() -> None:
    note = replace(a_credit_note(), buyer=Buyer(id="cust_1", version=1, name=HOSTILE))
    own = template(
        labels={"credit_note": "Gutschrift"},
        header="{% for it in invoice.items %}Item{% endfor %}",
        footer="Of {{ invoice.number }}{{ invoice.total }}, {{ customer.name }}",
        accent_color="#00aa77",
    )
    text = text_of(render_credit_note_pdf(note, template=own))
    assert "Gutschrift" in text
    assert f"Of {note.invoice_number}, {HOSTILE}" in text
    assert "Item" not in text
    raw = compose_credit_note_email(note, delivery_of(), b"%PDF", template=own, sender=SENDER)
    assert b"00aa77" in raw


def test_a_palette_is_ours_without_a_color() -> None:
    assert palette_of(None).written() == {
        "accent": "#1f4e79",
        "area": "#1f4e79",
        "on_area": "#ffffff",
        "panel": "#eef3f8",
    }
