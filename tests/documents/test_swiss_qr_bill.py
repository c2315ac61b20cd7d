"""Swiss QR-bills: the code says what the guidelines ask for, and the form has its place on every page and layout."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.invoices.particulars import NO_PARTICULARS, Particulars
from invoicing.domain.invoices.payment_means import PaymentMeans, PaymentReference, ReferenceType
from invoicing.domain.parties.details import Address, BankAccount
from invoicing.domain.templates.template import Layout
from invoicing_documents.content import content_of
from invoicing_documents.page import render_invoice_page
from invoicing_documents.payment_code import modules_of
from invoicing_documents.pdf import render_invoice_copy, render_invoice_pdf
from tests.documents.drawn import pieces_of
from tests.documents.sample_invoices import BUYER, SELLER, invoice_of, many_lines, template_with
from tests.documents.test_payment_code import drawn, picture_of, read
from tests.examples import examples

QR_IBAN, IBAN = "CH4431999123000889012", "CH9300762011623852957"
QRR, RF = "210000000003139471430009017", "RF18539007547034"
CREDITOR = replace(
    SELLER,
    name="Robert Schneider AG",
    address=Address(line1="Rue du Lac 1268/2", postal_code="2501", city="Biel", country="CH"),
    payment_codes=("swiss_qr",),
    bank_account=BankAccount(iban=IBAN),
)
DEBTOR = replace(
    BUYER,
    name="Pia-Maria Rutschmann-Schnyder",
    address=Address(line1="Grosse Marktgasse 28", postal_code="9400", city="Rorschach", country="CH"),
)
MM = 72 / 25.4


def paid_with(kind: ReferenceType | None, value: str = "") -> Particulars:
    reference = PaymentReference(type=kind, value=value) if kind else None
    return Particulars(payment_means=PaymentMeans(code="30", reference=reference))


def bill_of(**wishes: Any) -> Invoice:
    usual: dict[str, Any] = {"currency": "CHF", "locale": "de-CH", "seller": CREDITOR, "buyer": DEBTOR}
    return invoice_of(**usual | wishes)


def at(iban: str) -> Any:
    return replace(CREDITOR, bank_account=BankAccount(iban=iban))


def test_the_code_says_what_the_guidelines_ask_for() -> None:
    invoice = bill_of(seller=at(QR_IBAN), particulars=paid_with("qrr", QRR))
    assert content_of(invoice).payment_code == (
        "SPC\n0200\n1\nCH4431999123000889012\n"
        "S\nRobert Schneider AG\nRue du Lac\n1268/2\n2501\nBiel\nCH\n"
        "\n\n\n\n\n\n\n"
        "1836.00\nCHF\n"
        "S\nPia-Maria Rutschmann-Schnyder\nGrosse Marktgasse\n28\n9400\nRorschach\nCH\n"
        "QRR\n210000000003139471430009017\nINV-2026-001\nEPD"
    )


@pytest.mark.parametrize(
    ("iban", "particulars", "lines"),
    [
        (QR_IBAN, paid_with("qrr", QRR), ("QRR", QRR)),
        (QR_IBAN, NO_PARTICULARS, None),
        (QR_IBAN, paid_with("scor", RF), None),
        (IBAN, paid_with("qrr", QRR), None),
        (IBAN, paid_with("scor", RF), ("SCOR", RF)),
        (IBAN, paid_with("rf", RF), ("SCOR", RF)),
        (IBAN, NO_PARTICULARS, ("NON", "")),
        (IBAN, paid_with("kid", "2345676"), ("NON", "")),
        ("LI21088100002324013AA", NO_PARTICULARS, ("NON", "")),
        ("DE89370400440532013000", NO_PARTICULARS, None),
    ],
)
def test_a_qr_iban_goes_with_a_qr_reference_and_no_other(
    iban: str, particulars: Particulars, lines: tuple[str, str] | None
) -> None:
    code = content_of(bill_of(seller=at(iban), particulars=particulars)).payment_code
    assert (tuple(code.split("\n")[27:29]) if code else None) == lines


@pytest.mark.parametrize(
    "wishes",
    [
        {"currency": "USD"},
        {"number": None},
        {"seller": replace(CREDITOR, payment_codes=())},
        {"seller": replace(CREDITOR, name="ООО «Тест»")},
        {"seller": replace(CREDITOR, address=None)},
        {"seller": replace(CREDITOR, address=Address(line1="Rue du Lac 1", city="Biel", country="CH"))},
        {"particulars": Particulars(payment_means=PaymentMeans(code="49"))},
    ],
)
def test_without_what_a_bank_needs_there_is_none(wishes: dict[str, Any]) -> None:
    content = content_of(bill_of(**wishes))
    assert (content.payment_code, content.qr_bill) == ("", None)


@pytest.mark.parametrize("address", [None, Address(city="Biel"), Address(postal_code="1", city="Київ", country="UA")])
def test_a_buyer_whose_address_is_not_complete_is_written_in(address: Address | None) -> None:
    invoice = bill_of(buyer=replace(DEBTOR, address=address))
    assert content_of(invoice).payment_code.split("\n")[20:27] == [""] * 7
    assert "Zahlbar durch (Name/Adresse)" in text_of(invoice)


def test_in_euros_buyers_elsewhere_get_the_code_of_sepa() -> None:
    both = replace(CREDITOR, payment_codes=("sepa", "swiss_qr"))
    assert content_of(bill_of(seller=both, currency="EUR")).payment_code.startswith("SPC\n")
    german = replace(BUYER, address=Address(postal_code="10115", city="Berlin", country="DE"))
    content = content_of(bill_of(seller=both, currency="EUR", buyer=german))
    assert (content.payment_code[:4], content.qr_bill) == ("BCD\n", None)


def text_of(invoice: Invoice, **design: Any) -> str:
    document = render_invoice_pdf(invoice, template=template_with(**design))
    return "\n".join(piece.text for page in pieces_of(document) for piece in page)


@pytest.mark.parametrize(
    ("count", "layout", "locale", "title"),
    [
        (2, "classic", "fr-CH", "Section paiement"),
        (2, "compact", "ar", "Payment part"),
        (12, "compact", "it", "Sezione pagamento"),
        (12, "modern", "ar", "Payment part"),
        (40, "modern", "de", "Zahlteil"),
    ],
)
def test_the_form_has_its_place_at_the_foot_of_the_last_page(
    count: int, layout: Layout, locale: str, title: str
) -> None:
    invoice = bill_of(lines=many_lines(count), locale=locale)
    document = render_invoice_pdf(invoice, template=template_with(layout=layout))
    *others, last = pieces_of(document)
    (found,) = (piece for piece in last if piece.text == title)
    assert (found.x, found.y) == pytest.approx((67 * MM, 96.5 * MM), abs=0.1)
    assert found.size == 11
    assert all(piece.text != title for page in others for piece in page)
    content = [piece.y for piece in last if "INV-2026" in piece.text or piece.text.startswith("Item")]
    assert min(y for y in content if y > 105 * MM) > 110 * MM
    assert read(drawn(document)) == [content_of(invoice).payment_code]


def test_its_amount_reference_and_account_are_grouped_and_the_payment_details_not_said_twice() -> None:
    text = text_of(bill_of(seller=at(QR_IBAN), particulars=paid_with("qrr", QRR)))
    assert text.count("CH44 3199 9123 0008 8901 2") == 2
    assert text.count("21 00000 00003 13947 14300 09017") == 2
    assert text.count("1 836.00") == 2
    assert "Verwendungszweck" not in text


def test_letter_paper_has_no_form_and_no_code_that_needs_one() -> None:
    document = render_invoice_pdf(bill_of(), template=template_with(paper_size="Letter"))
    assert read(drawn(document)) == []
    assert "CH93 0076 2011 6238 5295 7" in "".join(piece.text for page in pieces_of(document) for piece in page)


@pytest.mark.parametrize(("mark", "codes"), [("overdue", 1), ("paid", 0), ("cancelled", 0), ("credited", 0)])
def test_a_copy_of_what_is_settled_asks_for_no_payment(mark: Any, codes: int) -> None:
    assert len(read(drawn(render_invoice_copy(bill_of(), None, None, mark)))) == codes


def test_long_texts_stay_within_the_form() -> None:
    name, street = "Wołoszczakowski Przedsiębiorstwo " * 8, "Straße der Deutsch-Französischen Freundschaft " * 3
    party = Address(line1=street, postal_code="9" * 16, city="Sankt Niklausen bei Obwalden am See", country="CH")
    seller = replace(CREDITOR, name=name, address=party)
    invoice = bill_of(seller=seller, buyer=replace(DEBTOR, name=name, address=party), particulars=paid_with("scor", RF))
    (page,) = pieces_of(render_invoice_pdf(invoice))[-1:]
    form = [piece for piece in page if piece.y < 105 * MM]
    receipt = [piece for piece in form if piece.x < 62 * MM]
    assert max(piece.x + piece.width for piece in receipt) <= 57.1 * MM
    assert max(piece.x + piece.width for piece in form) <= 205.1 * MM
    assert (
        min(piece.y for piece in receipt if piece.text not in ("Annahmestelle", "Währung", "Betrag", "CHF")) > 15 * MM
    )
    assert min(piece.y for piece in form) > 5 * MM


@settings(max_examples=examples(25), deadline=None)
@given(
    name=st.text(st.characters(codec="utf-8", exclude_categories=["C"]), min_size=1, max_size=90),
    street=st.text(st.characters(max_codepoint=0x17F), max_size=90),
    amount=st.integers(1, 99_999_999_999),
)
def test_any_code_is_read_as_written_and_keeps_the_limits_of_the_guidelines(
    name: str, street: str, amount: int
) -> None:
    buyer = replace(DEBTOR, name=name, address=Address(line1=street, postal_code="1", city="Bern", country="CH"))
    payload = content_of(bill_of(buyer=buyer, total=amount, number=name.strip() or "1")).payment_code
    lines = payload.split("\n")
    assert len(lines) == 31
    assert lines[18] == f"{amount // 100}.{amount % 100:02}"
    assert len(lines[21]) <= 70
    modules = modules_of(payload)
    assert len(modules) <= 17 + 4 * 25
    assert read(picture_of(modules)) == [payload]


def test_the_page_shows_the_code_with_its_cross_for_what_is_due_now() -> None:
    page = render_invoice_page(bill_of(amount_paid=83600), pdf_url="https://x.example/pdf")
    assert page.count("<svg") == 2
    assert "-325-325" in page
