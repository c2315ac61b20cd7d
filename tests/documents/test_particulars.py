"""Particulars on PDF, page and e-mail: each is shown, in every language, and plain documents show none."""

import re
from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from invoicing.domain.invoices.invoice import Invoice, Status
from invoicing.domain.invoices.particulars import NO_PARTICULARS, Particulars, PrecedingInvoice, ShipTo
from invoicing.domain.invoices.payment_means import PaymentMeans, PaymentReference
from invoicing.domain.parties.details import Address
from invoicing_documents.content import content_of
from invoicing_documents.page import render_invoice_page
from invoicing_documents.particulars_content import grouped_reference
from invoicing_documents.pdf import render_invoice_pdf
from invoicing_documents.pdf.invoice_pdf import missing_characters
from invoicing_documents.wording import languages, wording_for
from tests.documents.sample_invoices import invoice_of
from tests.documents.test_credit_note_documents import note_of, text_of
from tests.documents.test_invoice_email import compose, parse
from tests.sample_particulars import EVERYTHING


def pdf_text(invoice: Invoice) -> str:
    pages = PdfReader(BytesIO(render_invoice_pdf(invoice))).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def page_text(invoice: Invoice) -> str:
    html = render_invoice_page(invoice, pdf_url="https://invoices.example/i/token/pdf")
    return " ".join(re.sub("<[^>]*>", " ", html).split())


def paid_by(code: str, kind: str = "rf", value: str = "RF18539007547034") -> Particulars:
    return Particulars(payment_means=PaymentMeans(code=code, reference=PaymentReference(type=kind, value=value)))  # type: ignore[arg-type]


IN_ENGLISH = [
    "Tax invoice", "Ship to Initech Warehouse Dock 4 1010 Wien Austria", "Delivery date Nov 20, 2026",
    "Tax point Nov 21, 2026", "Your reference 04011000-12345-03", "Our reference Job 12", "Purchase order PO-1",
    "Sales order SO-5", "Contract C-77", "Project P-9", "Tender or lot T-3", "Despatch advice D-1",
    "Receiving advice R-2", "Accounting reference 4711", "Preceding invoice INV-1 (Jan 2, 2024)",
    "Preceding invoice INV-2", "Vehicle W-123", "Mileage 12 km",
    "Tax representative Fiscal Rep SARL Rue 1 75001 Paris France VAT ID: FR40303265045",
    "Payment method Direct debit", "Mandate reference M-1", "Creditor identifier DE98ZZZ09999999999",
    "Debited account DE89 3704 0044 0532 0130 00", "Payee Factoring AG · F-1 · 552100554",
    "Payment reference RF18 5390 0754 7034", "Thanks. Retention of title applies.",
]  # fmt: skip
"""All that an invoice states, once each."""


@pytest.mark.parametrize("text", [pdf_text, page_text])
def test_a_reference_of_spaces_is_not_shown(text: object) -> None:
    shown = text(invoice_of(particulars=Particulars(buyer_reference=" ", reference=" Job 12\n"), purchase_order="  "))  # type: ignore[operator]
    assert ("Your reference" in shown, "Purchase order" in shown, "Our reference Job 12" in shown) == (
        False,
        False,
        True,
    )


@pytest.mark.parametrize("text", [pdf_text, page_text])
def test_everything_is_shown_once(text: object) -> None:
    shown = text(invoice_of(particulars=EVERYTHING, purchase_order="PO-1", notes="Thanks."))  # type: ignore[operator]
    assert [each for each in IN_ENGLISH if shown.count(each) != 1 and each != "Tax invoice"] == []
    assert "Tax invoice" in shown
    assert "est_1" not in shown, "the estimate's id is for the seller"


@pytest.mark.parametrize("locale", languages())
def test_every_label_is_in_the_language(locale: str) -> None:
    invoice = invoice_of(particulars=EVERYTHING, purchase_order="PO-1", locale=locale)
    content, wording = content_of(invoice), wording_for(locale)
    labels = [field.label for field in (*content.facts, *content.payment)]
    labels += [further.heading for further in content.further_parties]
    assert len(labels) == 27
    english = content_of(replace(invoice, locale="en"))
    of_english = [field.label for field in (*english.facts, *english.payment)]
    assert locale == "en" or sum(map(str.__eq__, labels, of_english)) <= 6
    codes = ("10", "20", "30", "48", "49", "57", "68", "97")
    words = [content_of(invoice_of(particulars=paid_by(code), locale=locale)).payment[0] for code in codes]
    assert {field.label for field in words} == {wording["payment_means"]}
    assert len({field.value for field in words}) == len(codes)


def test_a_plain_invoice_shows_nothing_of_it() -> None:
    content = content_of(invoice_of())
    assert (content.title, len(content.facts), content.further_parties) == ("Invoice", 3, ())
    assert [field.label for field in content.payment] == ["Account holder", "IBAN", "BIC", "Payment reference"]
    assert content.payment[-1].value == "INV-2026-001"
    assert render_invoice_pdf(invoice_of()) == render_invoice_pdf(invoice_of(particulars=NO_PARTICULARS))


@pytest.mark.parametrize("code", ["49", "59"])
def test_who_is_debited_is_not_asked_to_transfer(code: str) -> None:
    content = content_of(invoice_of(particulars=paid_by(code)))
    assert content.payment_instructions == ""
    assert [field.value for field in content.payment] == ["Direct debit", "RF18 5390 0754 7034"]
    message = parse(compose(invoice_of(particulars=paid_by(code))))
    assert "Payment method: Direct debit" in message.text
    assert "Direct debit" in message.html


@pytest.mark.parametrize("code", ["30", "58", "57", "1"])
def test_others_see_the_account_and_the_structured_reference(code: str) -> None:
    content = content_of(invoice_of(particulars=paid_by(code)))
    assert content.payment_instructions
    values = [field.value for field in content.payment]
    assert values[-3:] == ["DE89 3704 0044 0532 0130 00", "COBADEFFXXX", "RF18 5390 0754 7034"]
    assert "INV-2026-001" not in values


@pytest.mark.parametrize(
    ("kind", "value", "printed"),
    [
        ("rf", "RF18539007547034", "RF18 5390 0754 7034"),
        ("scor", "RF18539007547034", "RF18 5390 0754 7034"),
        ("qrr", "210000000003139471430009017", "21 00000 00003 13947 14300 09017"),
        ("ogm", "010806817183", "+++010/8068/17183+++"),
        ("kid", "2345676", "2345676"),
    ],
)
def test_a_reference_is_printed_as_in_its_country(kind: str, value: str, printed: str) -> None:
    reference = paid_by("30", kind, value)
    assert printed in pdf_text(invoice_of(particulars=reference))
    assert reference.payment_means
    assert reference.payment_means.reference
    assert grouped_reference(reference.payment_means.reference) == printed


def test_a_draft_stays_a_draft_and_shows_its_references() -> None:
    text = pdf_text(invoice_of(particulars=EVERYTHING, status=Status.DRAFT))
    assert "Draft invoice" in text
    assert "Your reference 04011000-12345-03" in text
    assert "RF18 5390 0754 7034" in text
    assert "INV-2026-001" not in text


def test_a_credit_note_shows_what_it_repeats() -> None:
    text = text_of(note_of(invoice_of(particulars=EVERYTHING, purchase_order="PO-1")))
    for shown in ("Your reference 04011000-12345-03", "Purchase order PO-1", "Contract C-77", "Fiscal Rep SARL"):
        assert shown in text
    for left_out in ("Direct debit", "Initech Warehouse", "Nov 20, 2026", "INV-2 ", "Retention"):
        assert left_out not in text


def test_columns_longer_than_a_page_stand_below_each_other() -> None:
    long = " ".join(["Wort"] * 50)
    address = Address(line1=long, line2=long, city=long, state=long, postal_code=long, country="AT")
    numbers = [f"N{index} " + "x y " * 24 for index in range(20)]
    particulars = replace(
        EVERYTHING,
        ship_to=ShipTo(name=long, address=address),
        tax_representative=replace(EVERYTHING.tax_representative, name=long, address=address),  # type: ignore[type-var]
        preceding_invoices=tuple(PrecedingInvoice(number=number) for number in numbers),
    )
    text = pdf_text(invoice_of(particulars=particulars))
    assert text.count("Wort") == 12 * 50
    assert all(f"N{index} x" in text for index in range(20))
    assert text.index("Amount due") > text.index("N19 x") > text.index("VAT ID: FR40303265045")


def test_characters_without_a_glyph_are_found_in_them() -> None:
    assert missing_characters(invoice_of(particulars=Particulars(document_title="\U000f0000"))) == "\U000f0000"
