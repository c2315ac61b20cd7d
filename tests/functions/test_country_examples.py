"""The documents of fourteen countries show what the law of each asks for; the guide says what that is."""

import io
import json
from pathlib import Path
from typing import Any

import pypdf
import pytest

from tests.documents.conftest import built_fonts, every_script
from tests.http import call, request

__all__ = ["built_fonts", "every_script"]

FOLDER = Path(__file__).parent / "country_examples"
EXAMPLES = {file.stem: json.loads(file.read_text()) for file in sorted(FOLDER.glob("*.json"))}
GUIDE = Path(__file__).parents[2] / "docs/guide/countries.md"


def pdf_of(example: dict[str, Any], key: str) -> bytes:
    """What the API makes of an example: the account's fields, the customer, the invoice, sent."""
    account = call("account/update_account", request("PATCH", "/account", example["account"], key=key))
    assert account.status == 200, account.body
    customer = call("customers/create_customer", request("POST", "/customers", example["customer"], key=key))
    assert customer.status == 201, customer.body
    body = example["invoice"] | {"customer_id": customer.data["id"]}
    invoice = call("invoices/create_invoice", request("POST", "/invoices", body, key=key))
    assert invoice.status == 201, invoice.body
    assert {each["code"] for each in invoice.json["meta"].get("warnings", ())} <= {"DUE_DATE_PASSED"}
    path, parameters = f"/invoices/{invoice.data['id']}", {"invoice_id": invoice.data["id"]}
    sent = request("POST", f"{path}/send", {"send_email": False}, key=key, parameters=parameters)
    assert call("invoices/send_invoice", sent).status == 200
    event = request("GET", f"{path}/pdf", key=key, headers={"accept": "application/pdf"}, parameters=parameters)
    return call("invoices/get_invoice_pdf", event).body


def text_of(pdf: bytes) -> str:
    """The text of all pages, with single spaces of one kind."""
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


@pytest.mark.usefixtures("every_script")
@pytest.mark.parametrize("code", EXAMPLES)
def test_the_document_shows_all_that_the_law_asks_for(code: str, key: str) -> None:
    example = EXAMPLES[code]
    text = text_of(pdf_of(example, key))
    missing = {asked["law"]: [each for each in asked["shows"] if each not in text] for asked in example["asks"]}
    assert {law: texts for law, texts in missing.items() if texts} == {}, text


@pytest.mark.parametrize("code", EXAMPLES)
def test_the_guide_names_every_source(code: str) -> None:
    example, guide = EXAMPLES[code], GUIDE.read_text()
    section = guide.partition(f"## {example['country']}\n")[2].partition("\n## ")[0]
    for asked in example["asks"]:
        assert f"| {asked['asks']} | {asked['law']} |" in section
    assert f"tests/functions/country_examples/{code}.json" in section
