"""A credit note's PDF and e-mail: what they say, in every language, and that they never change."""

import email
import io
import re
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest
from pypdf import PdfReader

from invoicing.domain.credit_notes.credit_note import CreditNote, issue_credit_note
from invoicing.domain.credit_notes.crediting import lines_to_credit, with_credit
from invoicing.domain.credit_notes.measures import CreditItem
from invoicing.domain.deliveries.delivery import Delivery, DeliveryStatus
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.money.discounts import Discount
from invoicing.operations.documents.credit_note import CREDIT_NOTE
from invoicing_documents.email.credit_note_email import compose_credit_note_email
from invoicing_documents.pdf import render_credit_note_pdf
from invoicing_documents.wording import wording_for
from tests.documents.sample_invoices import DRAWN, SENT_AT, invoice_of, line_of, many_lines

WHITE_SPACE = re.compile(r"[\s\u00a0\u202f]+")


def note_of(invoice: Invoice, *items: tuple[str, str] | CreditItem, **overrides: Any) -> CreditNote:
    asked = [
        item if isinstance(item, CreditItem) else CreditItem(item[0], quantity=Decimal(item[1])) for item in items
    ] or None
    note = issue_credit_note(
        invoice,
        lines_to_credit(invoice, asked),
        note_id="cn_1",
        number="CN-2026-007",
        reason="Two hours were not needed.",
        on=SENT_AT.date(),
        now=SENT_AT,
    )
    return replace(note, **overrides)


def text_of(note: CreditNote) -> str:
    """All text of its PDF, with every run of white space made one space."""
    reader = PdfReader(io.BytesIO(render_credit_note_pdf(note)))
    return WHITE_SPACE.sub(" ", " ".join(page.extract_text() for page in reader.pages))


def test_it_says_what_is_credited_of_which_invoice_and_why() -> None:
    text = text_of(note_of(invoice_of(), ("item_1", "2")))
    for part in (
        "Credit note",
        "CN-2026-007",
        "For invoice",
        "INV-2026-001",
        "Nov 22, 2026",
        "Acme Studio GmbH",
        "VAT ID: DE123456789",
        "Initech Ltd.",
        "Consulting services",
        "2 h",
        "150.00",
        "300.00",
        "Tax 8% on 300.00",
        "24.00",
        "Amount credited",
        "$324.00",
        "Reason",
        "Two hours were not needed.",
        "CN-2026-007 · Page 1 of 1",
    ):
        assert part in text
    for part in ("IBAN", "Please transfer", "Amount due", "Due date", "Bill to", "Added to your credit"):
        assert part not in text


def test_it_says_what_became_of_the_amount_when_some_was_paid() -> None:
    text = text_of(note_of(invoice_of(amount_paid=180000)))
    assert "Taken off the amount due 36.00" in text
    assert "Added to your credit 1,800.00" in text


def test_discounts_stand_in_the_lines_so_that_their_amounts_add_up() -> None:
    lines = (line_of("Consulting", "10", "150", "0.19"), line_of("Licence", "1", "200", "0.19"))
    text = text_of(note_of(invoice_of(lines, discount=Discount(type="percentage", value=Decimal(10)))))
    assert "Consulting 10 150.00 19% 1,500.00 -150.00" in text
    assert "Licence 1 200.00 19% 200.00 -20.00" in text
    assert "Subtotal 1,700.00 Discount -170.00 Tax 19% on 1,530.00 290.70 Total (USD) $1,820.70" in text


def test_an_amount_or_a_percentage_has_no_price() -> None:
    invoice = invoice_of()
    half, some = CreditItem("item_1", percentage=Decimal("12.5")), CreditItem("item_2", amount=Decimal(40))
    text = text_of(note_of(invoice, half, some))
    assert "Consulting services 12.5% 8% 187.50" in text
    assert "40.00" in text
    assert "150.00" not in text


def test_a_quantity_that_is_credited_for_less_than_its_price_does_not_show_it() -> None:
    invoice = invoice_of()
    lowered = note_of(invoice, CreditItem("item_1", amount=Decimal(100)))
    text = text_of(note_of(replace(invoice, credited=with_credit(invoice, lowered.lines)), ("item_1", "10")))
    assert "Consulting services 10 h 8% 1,400.00" in text
    lines = (line_of("Book", "2", "20", "0.07", discount=Discount(type="fixed", value=Decimal(4))),)
    invoice = invoice_of(lines, prices_include_tax=True)
    lowered = note_of(invoice, CreditItem("item_1", amount=Decimal(9)))
    text = text_of(note_of(replace(invoice, credited=with_credit(invoice, lowered.lines)), ("item_1", "2")))
    assert "Book 2 7% 27.00 Subtotal (excl. tax) 28.03 Discount (excl. tax) -2.80" in text


def test_prices_that_include_tax() -> None:
    lines = (line_of("Book", "2", "20", "0.07", discount=Discount(type="fixed", value=Decimal(4))),)
    text = text_of(note_of(invoice_of(lines, prices_include_tax=True)))
    assert "Book 2 20.00 7% 40.00 -4.00" in text
    assert "Subtotal (excl. tax) 37.38 Discount (excl. tax) -3.74 Tax 7% on 33.64 2.36 Total (USD) $36.00" in text
    text = text_of(note_of(invoice_of((line_of("Book", "2", "18", "0.07"),), prices_include_tax=True)))
    assert "Total (USD) $36.00 including Tax 7% on 33.64 2.36" in text
    assert "Subtotal" not in text


def test_a_long_one_goes_over_several_pages() -> None:
    reader = PdfReader(io.BytesIO(render_credit_note_pdf(note_of(invoice_of(many_lines(120))))))
    assert len(reader.pages) > 2
    assert "Item 120" in reader.pages[-1].extract_text()


def test_nothing_that_happens_later_changes_it() -> None:
    note = note_of(invoice_of(), ("item_1", "2"))
    assert render_credit_note_pdf(note) == render_credit_note_pdf(replace(note, version=2, sent_at=SENT_AT))


def test_that_of_a_discount_for_early_payment_says_why() -> None:
    note = note_of(invoice_of(locale="de"), CreditItem("item_1", amount=Decimal(30)), kind="early_payment_discount")
    text = text_of(note)
    assert "Grund Skonto" in text
    assert str(note.reason) not in text


def test_a_voided_one_says_so() -> None:
    note = note_of(invoice_of(), ("item_1", "2"))
    voided = replace(note, version=2, voided_at=SENT_AT + timedelta(days=3))
    assert "Voided on Nov 25, 2026 – this credit note no longer credits anything." in text_of(voided)
    assert "Voided" not in text_of(note)
    assert CREDIT_NOTE.object_name(voided) != CREDIT_NOTE.object_name(note), "the PDF of before stays as it was"


@pytest.mark.parametrize("language", DRAWN)
def test_it_is_in_the_customers_language(language: str) -> None:
    wording, note = wording_for(language), note_of(invoice_of(amount_paid=100, locale=language), ("item_1", "10"))
    text, message = text_of(note), message_of(note)
    voided = replace(note, voided_at=SENT_AT)
    notice = wording.say("voided_notice", date=wording.date(SENT_AT.date()))
    assert WHITE_SPACE.sub(" ", notice) in text_of(voided)
    for key in ("credit_note", "for_invoice", "credited_amount", "reason"):
        assert wording[key] in text
    assert "\ufffd" not in text
    assert message["Subject"] == wording.say("credit_note_from", number=note.number, seller=note.seller.name)
    assert note.invoice_number in body_of(message)


def message_of(note: CreditNote, **overrides: Any) -> EmailMessage:
    delivery = Delivery(
        account="acc_1",
        id="dlv_1",
        version=1,
        document_kind="credit_note",
        document_id=note.id,
        status=DeliveryStatus.QUEUED,
        recipient="ap@initech.example",
        to=("ap@initech.example",),
        hosted_url="https://invoices.example/i/token",
        created_at=SENT_AT,
        updated_at=SENT_AT,
    )
    raw = compose_credit_note_email(note, replace(delivery, **overrides), b"%PDF", sender="invoices@mail.acme.example")
    return email.message_from_bytes(raw, EmailMessage, policy=default)


def body_of(message: EmailMessage, kind: str = "plain") -> str:
    return str(message.get_body((kind,)).get_content())  # type: ignore[union-attr]


def test_its_email_has_the_pdf_and_leads_to_the_invoice() -> None:
    message = message_of(note_of(invoice_of(), ("item_1", "2")))
    assert message["Subject"] == "Credit note CN-2026-007 from Acme Studio GmbH"
    (attachment,) = message.iter_attachments()
    assert (attachment.get_filename(), attachment.get_content()) == ("CN-2026-007.pdf", b"%PDF")
    for kind in ("plain", "html"):
        body = WHITE_SPACE.sub(" ", body_of(message, kind))
        assert "credit note CN-2026-007 from Acme Studio GmbH for invoice INV-2026-001" in body
        assert "$324.00" in body
        assert "https://invoices.example/i/token" in body
        assert "Amount due" not in body


def test_its_email_is_of_invoices_with_further_references_too() -> None:
    message = message_of(note_of(invoice_of(purchase_order="PO-7"), ("item_1", "2")))
    assert "INV-2026-001" in body_of(message)


def test_its_client_may_write_the_email() -> None:
    message = message_of(note_of(invoice_of()), subject="Sorry", message="We are sorry.")
    assert message["Subject"] == "Sorry"
    assert "We are sorry." in body_of(message)


def test_its_email_says_that_it_is_of_test_mode() -> None:
    message = message_of(note_of(invoice_of()), account="acc_1#test")
    assert message["Subject"] == "[Test] Credit note CN-2026-007 from Acme Studio GmbH"


def test_a_large_amount_is_whole_and_its_panel_holds_a_label_of_two_lines() -> None:
    lines = (line_of("Ship", "1000", "90000000", "0"),)
    page = PdfReader(io.BytesIO(render_credit_note_pdf(note_of(invoice_of(lines, currency="EUR", locale="de"))))).pages[
        0
    ]
    baselines: dict[str, float] = {}

    def note_baseline(text: str, _matrix: Any, text_matrix: Any, *_font: Any) -> None:
        baselines.setdefault(text.strip(), text_matrix[5])

    page.extract_text(visitor_text=note_baseline)
    assert "90.000.000.000,00\u00a0€" in baselines
    boxes = re.findall(rb"[\d.]+ ([\d.]+) [\d.]+ -([\d.]+) re", page.get_contents().get_data())  # type: ignore[union-attr]
    top, height = max((tuple(map(float, box)) for box in boxes), key=lambda box: box[1])
    bottom = top - height
    for line in ("Gutgeschriebener", "Betrag"):
        assert bottom + 5 < baselines[line] < bottom + height - 12


def test_a_note_that_cancels_its_invoice_says_so_instead_of_a_reason() -> None:
    cancelling = note_of(invoice_of(), reason=None)
    assert "Reason Cancellation of the invoice" in text_of(cancelling)
    german = note_of(invoice_of(locale="de"), reason=None)
    assert wording_for("de")["cancelled_invoice"] in text_of(german)
