"""POST /templates/{template_id}/preview."""

import io
from typing import Any

import pypdf
import pytest

from invoicing.domain.templates.colors import text_of as text_color
from invoicing_documents.designs import palette_of
from tests.aws import Aws
from tests.functions.conftest import NEW_INVOICE
from tests.functions.templates.asking import create
from tests.http import Response, call, request
from tests.pictures import LOGO
from tests.uploads import uploaded


def preview(key: str, template_id: str, body: Any, **headers: str) -> Response:
    path, parameters = f"/templates/{template_id}/preview", {"template_id": template_id}
    event = request("POST", path, body, key=key, parameters=parameters, headers=headers)
    return call("templates/preview_template", event)


def text_of(answer: Response) -> str:
    return " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(answer.body)).pages)


def test_a_sample_as_pdf(key: str, aws: Aws) -> None:
    template = create(key, labels={"invoice": "Honorarnote"}, footer="{{ customer.name }}!").data["id"]
    answer = preview(key, template, {}, **{"Idempotency-Key": "once"})
    assert (answer.status, answer.headers["Content-Type"]) == (200, "application/pdf")
    assert "Honorarnote" in text_of(answer)
    assert "Sample Customer Ltd!" in text_of(answer)
    again = preview(key, template, {}, **{"Idempotency-Key": "once"})
    assert "Honorarnote" in text_of(again), "it is made anew"
    assert aws.items("invoices") == []


def test_the_email_as_html(key: str) -> None:
    template = create(key, accent_color="#00aa77", email_body="Dear {{ customer.name }} <b>").data["id"]
    answer = preview(key, template, {"format": "html"})
    assert answer.headers["Content-Type"].startswith("text/html")
    assert answer.headers["Content-Security-Policy"] == "sandbox"
    html = answer.body.decode()
    assert "Dear Sample Customer Ltd &lt;b&gt;" in html
    assert "background:#00aa77" in html


WORDS = {
    "invoice": "Invoice",
    "credit_note": "Credit note",
    "receipt": "Payment receipt",
    "statement": "Statement",
    "reminder": "Open invoices",
}


@pytest.mark.parametrize("document", WORDS)
def test_every_document_is_shown_with_the_words_colours_and_logo_of_the_template(
    aws: Aws, key: str, document: str
) -> None:
    file = uploaded(aws, key, LOGO, "image/png", filename="logo.png", purpose="logo")["id"]
    labels = {"customer": "Client", "bill_to": "Client", "credited_customer": "Client", "amount_due": "Client"}
    look = {
        "layout": "modern",
        "accent_color": "#00aa77",
        "labels": labels,
        "footer": "{{ account.name }}!",
        "logo": file,
    }
    template = create(key, **look).data["id"]
    pdf = preview(key, template, {"document": document})
    assert pdf.status == 200, pdf.body
    shown = text_of(pdf)
    assert all(words in shown for words in (WORDS[document], "Client", "Sample Ltd!", "Sample Customer Ltd"))
    assert [image.name for page in pypdf.PdfReader(io.BytesIO(pdf.body)).pages for image in page.images]
    html = preview(key, template, {"document": document, "format": "html"}).body.decode()
    assert 'src="data:image/png;base64,' in html
    panel = text_color(palette_of("#00aa77").panel)
    assert f"background:{panel}" in html


@pytest.mark.parametrize("send_email", [True, False])
def test_an_invoice_of_the_account(key: str, customer: Any, *, send_email: bool) -> None:
    body = NEW_INVOICE | {"send_email": send_email, "notes": "Of this invoice"}
    invoice = call("invoices/create_invoice", request("POST", "/invoices", body, key=key)).data["id"]
    template = create(key, header="Top").data["id"]
    shown = text_of(preview(key, template, {"invoice_id": invoice}))
    assert "Of this invoice" in shown
    assert "Top" in shown


def test_what_is_wrong_is_named(key: str) -> None:
    template = create(key).data["id"]
    for body, field in (({"format": "png"}, "format"), ({"document": "notice"}, "document")):
        (detail,) = preview(key, template, body).error["details"]
        assert (detail["field"], detail["code"]) == (field, "VALUE_INVALID")
    assert preview(key, template, {"invoice_id": "inv_9"}).error["code"] == "INVOICE_NOT_FOUND"
    (detail,) = preview(key, template, {"document": "receipt", "invoice_id": "inv_9"}).error["details"]
    assert (detail["field"], detail["code"]) == ("invoice_id", "VALUE_INVALID")
    assert preview(key, "tmpl_9", {}).error["code"] == "TEMPLATE_NOT_FOUND"
