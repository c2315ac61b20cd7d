"""Codes to pay by: what a banking app reads from the page is the transfer that the invoice asks for."""

import io
import re
from dataclasses import replace
from decimal import Decimal
from typing import Any, cast

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw
from pypdf import PdfReader
from pypdf.generic import ContentStream
from segno.helpers import make_epc_qr

from invoicing.domain.invoices.invoice import Invoice, Status
from invoicing.domain.invoices.particulars import Particulars
from invoicing.domain.invoices.payment_means import PaymentMeans
from invoicing.domain.parties.account import Seller
from invoicing.domain.parties.details import BankAccount, Contact
from invoicing.domain.parties.logo import Image as LogoImage
from invoicing_documents.content import content_of
from invoicing_documents.email.invoice_email import invoice_letter
from invoicing_documents.email.message import rendered
from invoicing_documents.page import render_invoice_page
from invoicing_documents.payment_code import modules_of, sepa_payload
from invoicing_documents.pdf import render_invoice_pdf
from tests.documents.sample_invoices import SELLER, SENT_AT, invoice_of, line_of, many_lines, template_with

IBAN = "DE89370400440532013000"
PAYABLE = replace(SELLER, payment_codes=("sepa",))
PAYLOAD = f"BCD\n002\n1\nSCT\nCOBADEFFXXX\nAcme Studio GmbH\n{IBAN}\nEUR1836.00\n\n\nINV-2026-001"
SCALE = 4
DEBITED = Particulars(payment_means=PaymentMeans(code="49"))


def in_euros(**fields: Any) -> Invoice:
    wishes: dict[str, Any] = {"currency": "EUR", "seller": PAYABLE}
    return invoice_of(**wishes | fields)


def drawn(pdf: bytes, page: int = -1) -> Image.Image:
    """The black areas of a page."""
    reader = PdfReader(io.BytesIO(pdf))
    shown = reader.pages[page]
    width, height = (float(side) for side in shown.mediabox[2:])
    picture, is_black = Image.new("L", (round(width * SCALE), round(height * SCALE)), 255), False
    pen = ImageDraw.Draw(picture)
    for operands, operator in ContentStream(shown.get_contents(), reader).operations:
        if operator in {b"g", b"rg"}:
            is_black = not any(map(float, operands))
        if operator == b"re" and is_black:
            x, y, wide, high = map(float, operands)
            top = height - max(y, y + high)
            pen.rectangle([round(side * SCALE) for side in (x, top, x + wide, top + abs(high))], fill=0)
    return picture


def read(picture: Image.Image) -> list[str]:
    found = zxingcpp.read_barcodes(picture)
    return [each.text for each in found if each.format == zxingcpp.BarcodeFormat.QRCode]


@pytest.mark.parametrize("locale", ["de", "ar"])
def test_the_code_beside_the_bank_account_is_read_in_every_direction_of_writing(locale: str) -> None:
    assert read(drawn(render_invoice_pdf(in_euros(locale=locale)))) == [PAYLOAD]


@pytest.mark.parametrize("count", [1, 14, 15, 16, 17, 18, 19, 20, 40])
def test_it_is_whole_wherever_the_lines_end(count: int) -> None:
    invoice = in_euros(lines=many_lines(count))
    assert read(drawn(render_invoice_pdf(invoice))) == [content_of(invoice).payment_code]


def test_other_documents_are_as_they_were() -> None:
    plain = render_invoice_pdf(in_euros(seller=SELLER))
    for other in (
        in_euros(seller=replace(PAYABLE, payment_codes=())),
        in_euros(seller=replace(SELLER, payment_codes=())),
    ):
        assert render_invoice_pdf(other) == plain
    assert render_invoice_pdf(invoice_of(seller=PAYABLE)) == render_invoice_pdf(invoice_of(seller=SELLER))


def code_of(amount: int = 183600, currency: str = "EUR", reference: str = "INV-1", **bank: Any) -> str:
    members: dict[str, Any] = {"iban": IBAN}
    account = BankAccount(**members | bank)
    return sepa_payload(replace(PAYABLE, bank_account=account), amount, currency, reference)


@pytest.mark.parametrize(
    ("amount", "written"), [(1, "EUR0.01"), (10, "EUR0.10"), (100, "EUR1.00"), (99_999_999_999, "EUR999999999.99")]
)
def test_amounts_have_a_point_and_two_decimals(amount: int, written: str) -> None:
    assert code_of(amount).split("\n")[7] == written


@pytest.mark.parametrize(
    "wishes",
    [
        {"amount": 0},
        {"amount": -1},
        {"amount": 100_000_000_000},
        {"currency": "CHF"},
        {"iban": None},
        {"iban": "BR1500000000000010932840814P2"},
    ],
)
def test_what_no_transfer_of_sepa_can_pay_has_no_code(wishes: dict[str, Any]) -> None:
    assert code_of(**wishes) == ""


def test_without_an_account_or_a_wish_there_is_none() -> None:
    assert sepa_payload(replace(PAYABLE, bank_account=None), 1, "EUR", "1") == ""
    assert sepa_payload(SELLER, 1, "EUR", "1") == ""


@settings(max_examples=40, deadline=None)
@given(
    holder=st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=90),
    reference=st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=60),
    amount=st.integers(1, 99_999_999_999),
)
def test_any_code_is_read_as_written_and_keeps_the_limits_of_the_standard(
    holder: str, reference: str, amount: int
) -> None:
    payload = code_of(amount, reference=reference, holder=holder, bic="COBADEFFXXX")
    if not payload:
        assert len((holder[:70] + reference).encode()) > 331 - 90
        return
    lines = payload.split("\n")
    assert len(payload.encode()) <= 331
    assert len(lines) <= 11
    assert len(lines[5]) <= 70
    modules = modules_of(payload)
    assert len(modules) <= 17 + 4 * 13
    assert read(picture_of(modules)) == [payload]


def picture_of(modules: Any) -> Image.Image:
    side = len(modules) + 8
    picture = Image.new("L", (side, side), 255)
    for row, line in enumerate(modules):
        for column, dark in enumerate(line):
            picture.putpixel((column + 4, row + 4), 0 if dark else 255)
    return picture.resize((side * SCALE, side * SCALE), Image.Resampling.NEAREST)


def test_it_says_what_another_implementation_of_the_standard_says() -> None:
    """segno's own, which writes whole euros without decimals."""
    theirs = make_epc_qr("Acme", IBAN, Decimal("12.34"), text="INV-1", bic="COBADEFFXXX", encoding="utf-8")
    (said,) = read(picture_of(cast(Any, theirs.matrix)))
    assert said == code_of(1234, holder="Acme", bic="COBADEFFXXX")


def test_a_draft_has_none_and_a_deposit_is_taken_off() -> None:
    assert content_of(in_euros(number=None)).payment_code == ""
    invoice = in_euros(lines=(line_of("Work", "1", "100"),))
    assert content_of(invoice).payment_code.split("\n")[7] == f"EUR{invoice.amount_payable / 100:.2f}"


def test_the_code_is_of_the_frozen_seller() -> None:
    assert isinstance(in_euros().seller, Seller)
    assert content_of(in_euros(seller=SELLER)).payment_code == ""


INDIAN = replace(
    SELLER, bank_account=BankAccount(account_number="50100123", upi_id="acme@okbank", holder="Acme & Söhne")
)
PAYABLE_ONLINE = replace(SELLER, payment_url="https://pay.example/{number}?a={amount}&c={currency}")


def test_upi_is_paid_by_its_link() -> None:
    link = "upi://pay?pa=acme@okbank&pn=Acme%20%26%20S%C3%B6hne&am=1836.00&cu=INR&tn=INV-2026-001"
    invoice = invoice_of(seller=INDIAN, currency="INR")
    assert content_of(invoice).payment_code == link
    assert read(drawn(render_invoice_pdf(invoice))) == [link]
    assert "UPI" in {field.label for field in content_of(invoice).payment}
    for other in (
        replace(invoice, currency="USD"), replace(invoice, number=None), replace(invoice, particulars=DEBITED)
    ):  # fmt: skip
        assert content_of(other).payment_code == ""


def test_a_link_to_a_payment_page_has_number_amount_and_currency() -> None:
    content = content_of(invoice_of(seller=PAYABLE_ONLINE, number="R 1/2&x"))
    assert content.payment_url == "https://pay.example/R%201%2F2%26x?a=1836.00&c=USD"
    assert content.payment_code == content.payment_url
    for other in ({"number": None}, {"particulars": DEBITED}, {"lines": (line_of("Free", "1", "0"),)}):
        wishes: dict[str, Any] = {"seller": PAYABLE_ONLINE} | other
        assert content_of(invoice_of(**wishes)).payment_url == ""


def links_of(pdf: bytes) -> list[tuple[str, int]]:
    """Where the links of the first page lead, and their flags."""
    notes = [note.get_object() for note in PdfReader(io.BytesIO(pdf)).pages[0].get("/Annots", [])]
    assert all(note["/Contents"] == note["/A"]["/URI"] for note in notes)
    return [(note["/A"]["/URI"], note["/F"]) for note in notes]


def test_links_and_mail_addresses_of_the_pdf_are_live() -> None:
    contact = Contact(name="Max", email="max@acme.example")
    seller = replace(PAYABLE_ONLINE, website="https://acmé.example/(shop)", contact=contact)
    pay = "https://pay.example/INV-2026-001?a=1836.00&c=USD"
    for layout in ("classic", "modern"):
        invoice = invoice_of(seller=seller, notes="https://not-a-link.example")
        template = template_with(layout=layout, header="Write to nobody@acme.example")
        assert {each for each, _ in links_of(render_invoice_pdf(invoice, template=template))} == {
            "mailto:billing@acme.example", "https://acm%C3%A9.example/(shop)", "mailto:max@acme.example", pay,
        }  # fmt: skip
    assert {flags for _, flags in links_of(render_invoice_pdf(invoice))} == {4}  # PDF/A: they print


def logo_of() -> LogoImage:
    file = io.BytesIO()
    Image.new("RGB", (60, 20), (0, 90, 160)).save(file, "PNG")
    return LogoImage(file.getvalue(), "image/png", 60, 20)


def test_what_is_seen_has_an_alternative_and_what_is_read_is_tagged() -> None:
    reader = PdfReader(io.BytesIO(render_invoice_pdf(in_euros(), logo_of())))
    root: Any = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    (document,) = root["/StructTreeRoot"]["/K"]
    elements = [element.get_object() for element in document.get_object()["/K"]]
    assert [(each["/S"], each.get("/Alt")) for each in elements] == [
        ("/P", None), ("/Figure", "Acme Studio GmbH"), ("/P", None), ("/Figure", "Scan to pay"), ("/P", None),
    ]  # fmt: skip
    page = reader.pages[0]
    operators = [operator for _, operator in ContentStream(page.get_contents(), reader).operations]
    depth = 0
    for operator in operators:
        depth += {b"BDC": 1, b"EMC": -1}.get(operator, 0)
        assert depth in (0, 1)
        assert depth or operator not in (b"Tj", b"Do", b"re")


def test_a_document_without_figures_has_no_tags() -> None:
    root: Any = PdfReader(io.BytesIO(render_invoice_pdf(invoice_of()))).trailer["/Root"]
    assert "/StructTreeRoot" not in root


def test_page_and_email_lead_to_the_payment_page_while_something_is_due() -> None:
    due = "https://pay.example/INV-2026-001?a=1000.00&amp;c=USD"
    for amount_paid, count in ((83600, 1), (183600, 0)):
        invoice = invoice_of(seller=PAYABLE_ONLINE, amount_paid=amount_paid)
        page = render_invoice_page(invoice, pdf_url="https://x.example/pdf")
        assert page.count(f'class="button" href="{due}"') == count
        letter = invoice_letter(invoice, SENT_AT, "https://x.example/i/0", None)
        assert rendered(letter, "acc_1", "").html.count(f'href="{due}"') == count
        assert rendered(letter, "acc_1", "").text.count("Pay online") == count


def test_the_page_has_a_code_for_what_is_due_now() -> None:
    def shown(**fields: Any) -> str:
        return render_invoice_page(in_euros(**fields), pdf_url="https://x.example/pdf")

    page = shown(amount_paid=83600)
    (side,) = map(int, re.findall(r'viewBox="-4 -4 (\d+) ', page))
    picture = Image.new("L", (side, side), 255)
    for column, row, length in re.findall(r"M(\d+) (\d+)h(\d+)v1", page):
        for place in range(int(length)):
            picture.putpixel((int(column) + 4 + place, int(row) + 4), 0)
    picture = picture.resize((side * SCALE, side * SCALE), Image.Resampling.NEAREST)
    assert read(picture) == [PAYLOAD.replace("1836.00", "1000.00")]
    assert 'aria-label="Scan to pay"' in page
    for none in (shown(amount_paid=183600), shown(status=Status.CANCELLED), shown(seller=SELLER)):
        assert "<svg" not in none
