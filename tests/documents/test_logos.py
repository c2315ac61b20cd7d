"""Logos on documents: whole, in their box, opaque on paper, and in the message that shows them."""

import io
import re
from collections.abc import Callable
from email.message import EmailMessage

import pytest
from PIL import Image as Pillow
from pypdf import PdfReader

from invoicing.domain.parties.logo import Image
from invoicing.operations.documents.mailed_receipt import MailedReceipt
from invoicing_documents.email.credit_note_email import compose_credit_note_email
from invoicing_documents.email.invoice_email import compose_invoice_email
from invoicing_documents.email.receipt_email import compose_receipt_email
from invoicing_documents.logo_image import logo_image
from invoicing_documents.page import content_security_policy, render_invoice_page
from invoicing_documents.pdf import (
    render_credit_note_pdf,
    render_invoice_pdf,
    render_receipt_pdf,
    render_statement_pdf,
)
from tests.builders import a_credit_note
from tests.documents.sample_invoices import invoice_of
from tests.documents.sample_statements import a_statement, payment_of
from tests.documents.test_invoice_email import PDF, compose, delivery_of, parse
from tests.pictures import BLUE, LOGO, WHITE, blue_with_corner, file_of

SENDER = "invoices@mail.acme.example"


def a_logo(size: tuple[int, int] = (200, 100), mode: str = "RGBA") -> Image:
    return logo_image(file_of(blue_with_corner(mode, size)), "image/png")


def placed(pdf: bytes) -> tuple[float, float, float, float]:
    """Width, height and place of the image on the first page, from its left and its top."""
    page = PdfReader(io.BytesIO(pdf)).pages[0]
    found = re.search(rb"q ([\d.]+) 0 0 ([\d.]+) ([\d.]+) ([\d.]+) cm /I\d+ Do", page.get_contents().get_data())  # type: ignore[union-attr]
    assert found
    width, height, left, bottom = map(float, found.groups())
    return width, height, left, float(page.mediabox.height) - bottom - height


@pytest.mark.parametrize(
    ("size", "drawn"),
    [
        ((1417, 590), (170.08, 70.82)),
        ((90, 30), (43.2, 14.4)),
        ((59, 590), (7.09, 70.87)),
        ((1417, 47), (170.08, 5.64)),
    ],
)
def test_it_fits_its_box_and_is_never_blurred_or_bent(size: tuple[int, int], drawn: tuple[float, float]) -> None:
    for language, on_the_left in (("en", True), ("ar", False)):
        width, height, left, top = placed(render_invoice_pdf(invoice_of(locale=language), a_logo(size)))
        assert (width, height) == pytest.approx(drawn, abs=0.05)
        assert top == pytest.approx(50, abs=0.1)
        assert left == pytest.approx(50 if on_the_left else 595.28 - 50 - width, abs=0.1)


def test_the_name_stands_below_it_and_what_is_transparent_is_white() -> None:
    pdf = render_invoice_pdf(invoice_of(), a_logo())
    reader = PdfReader(io.BytesIO(pdf))
    (image,) = reader.pages[0].images
    assert image.image is not None
    assert image.image.mode == "RGB"
    assert image.image.getpixel((1, 1)) == WHITE
    assert image.image.getpixel((150, 80)) == BLUE
    assert b"/SMask" not in pdf
    assert b"/Group" not in pdf
    assert "Acme Studio GmbH" in reader.pages[0].extract_text()


def test_the_same_document_gives_the_same_bytes_with_its_logo() -> None:
    logo, invoice, note, payment, statement = a_logo(), invoice_of(), a_credit_note(), payment_of(), a_statement()
    renderers: tuple[Callable[[Image | None], bytes], ...] = (
        lambda logo: render_invoice_pdf(invoice, logo),
        lambda logo: render_credit_note_pdf(note, logo),
        lambda logo: render_receipt_pdf(payment, logo),
        lambda logo: render_statement_pdf(statement, logo),
    )
    for render in renderers:
        drawn = render(logo)
        assert drawn == render(logo)
        assert placed(drawn)
        assert len(drawn) < len(render(None)) + 300_000


def test_a_photo_is_embedded_as_it_is() -> None:
    photo = logo_image(file_of(blue_with_corner("RGB", (900, 400)), "JPEG"), "image/jpeg")
    assert photo.content in render_invoice_pdf(invoice_of(), photo)


def test_the_page_shows_it_with_the_seller_s_name_and_loads_nothing() -> None:
    page = render_invoice_page(invoice_of(), pdf_url="https://x.example/pdf", logo=a_logo())
    (image,) = re.findall("<img[^>]*>", page)
    assert 'src="data:image/png;base64,' in image
    assert 'alt="Acme Studio GmbH" width="200" height="100"' in image
    assert "img-src data:;" in content_security_policy(with_logo=True)
    assert content_security_policy(with_logo=True).replace(" img-src data:;", "") == content_security_policy()


@pytest.mark.parametrize("kind", ["invoice", "credit note", "receipt"])
def test_the_message_holds_it_and_names_the_seller(kind: str) -> None:
    logo, delivery = a_logo((1200, 200)), delivery_of()
    raw = {
        "invoice": lambda: compose_invoice_email(invoice_of(), delivery, PDF, (), logo, sender=SENDER),
        "credit note": lambda: compose_credit_note_email(a_credit_note(), delivery, PDF, logo, sender=SENDER),
        "receipt": lambda: compose_receipt_email(
            MailedReceipt(payment=payment_of()), delivery, PDF, logo, sender=SENDER
        ),
    }[kind]()
    assert raw.isascii()
    parts = parse(raw)
    assert [part.get_content_type() for part in parts.message.walk()] == [
        "multipart/mixed", "multipart/alternative", "text/plain", "multipart/related", "text/html", "image/png",
        "application/pdf",
    ]  # fmt: skip
    (image,) = [part for part in parts.message.walk() if part.get_content_maintype() == "image"]
    assert isinstance(image, EmailMessage)
    assert image.get_content() == logo.content
    assert image.get_content_disposition() == "inline"
    (shown,) = re.findall("<img[^>]*>", parts.html)
    assert f'src="cid:{image["Content-ID"].strip("<>")}"' in shown
    assert 'width="200" height="33"' in shown
    assert "background:#ffffff" in shown
    assert re.findall('alt="[^"]+"', shown)


def test_a_message_with_a_logo_is_the_same_each_time_it_is_composed() -> None:
    one, other = (
        compose_invoice_email(invoice_of(), delivery_of(), PDF, (), a_logo(), sender=SENDER) for _ in range(2)
    )
    assert one == other
    assert b"cid:" not in compose()


def test_a_palette_with_transparency_is_white_on_paper() -> None:
    picture = Pillow.open(io.BytesIO(LOGO)).quantize(16, Pillow.Quantize.FASTOCTREE)
    (image,) = (
        PdfReader(io.BytesIO(render_invoice_pdf(invoice_of(), logo_image(file_of(picture), "image/png"))))
        .pages[0]
        .images
    )
    assert image.image is not None
    assert image.image.convert("RGB").getpixel((1, 1)) == WHITE
