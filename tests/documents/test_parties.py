"""What documents say of seller and buyer."""

import re
from dataclasses import replace
from typing import get_args

import pytest

from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.parties.details import (
    Address,
    BankAccount,
    Contact,
    LegalRegistration,
    Routing,
    RoutingType,
    TaxId,
)
from invoicing.domain.parties.tax_ids import TAX_ID_TYPES
from invoicing_documents.page import render_invoice_page
from invoicing_documents.parties import bank_fields, tax_id_label
from invoicing_documents.wording import languages, wording_for
from tests.documents.sample_invoices import BUYER, SELLER, invoice_of
from tests.documents.test_invoice_email import compose, parse
from tests.documents.test_invoice_page import HOSTILE, Elements
from tests.documents.test_invoice_pdf import text_of

WHOLE_SELLER = replace(
    SELLER,
    trading_name="Studio Nord",
    phone="+49 30 1234567",
    website="https://studio-nord.example",
    address=Address(
        line1="Hauptstraße 12", line2="Hinterhof", line3="3. Stock", postal_code="10115", city="Berlin", country="DE"
    ),
    tax_ids=(TaxId(type="eu_vat", value="DE136695976"), TaxId(type="de_stn", value="181/815/08155")),
    legal_registration=LegalRegistration(value="HRB 98765 B"),
    legal_information="Amtsgericht Charlottenburg\nGeschäftsführer: Max Muster",
    contact=Contact(name="Erika Beispiel", phone="+49 30 7654321", email="erika@acme.example"),
    bank_account=BankAccount(
        bic="CHASUS33", account_number="000123456789", routing=Routing(type="aba", code="111000025"),
        holder="Acme Studio GmbH", bank_name="JPMorgan Chase",
    ),
)  # fmt: skip
WHOLE_BUYER = replace(
    BUYER,
    trading_name="Initech Store",
    phone="+1 512 555 0100",
    tax_ids=(TaxId(type="us_ein", value="91-1144442"),),
    legal_registration=LegalRegistration(value="552 008 443", scheme="0002"),
    contact=Contact(name="Bill Lumbergh"),
)
OF_SELLER = (
    "Studio Nord", "+49 30 1234567", "https://studio-nord.example", "Hinterhof", "3. Stock",
    "Ansprechpartner: Erika Beispiel · +49 30 7654321 · erika@acme.example",
    "Registernummer: HRB 98765 B", "Amtsgericht Charlottenburg", "Geschäftsführer: Max Muster",
)  # fmt: skip
OF_NUMBERS = ("USt-IdNr.: DE136695976", "Steuernummer: 181/815/08155")
OF_BUYER = ("Initech Store", "EIN: 91-1144442", "SIREN: 552 008 443", "Ansprechpartner: Bill Lumbergh")
OF_BANK = ("JPMorgan Chase", "000123456789", "ABA", "111000025", "CHASUS33")


def whole_invoice() -> Invoice:
    return invoice_of(seller=WHOLE_SELLER, buyer=WHOLE_BUYER, locale="de")


def page_text(invoice: Invoice) -> str:
    return Elements(render_invoice_page(invoice, pdf_url="https://invoices.example/pdf")).text.replace(" : ", ": ")


def test_the_pdf_says_everything_of_both() -> None:
    text = text_of(whole_invoice())
    for part in (*OF_SELLER, *OF_NUMBERS, *OF_BUYER, *OF_BANK):
        assert part in text, part
    assert "+1 512 555 0100" not in text
    assert text.index("Acme Studio GmbH") < text.index("Studio Nord") < text.index("Hauptstraße 12")


def test_the_page_says_the_same() -> None:
    text = page_text(whole_invoice())
    for part in (*OF_SELLER, *OF_NUMBERS, *OF_BUYER, *OF_BANK):
        assert part in text, part
    assert "+1 512 555 0100" not in text


def test_the_email_ends_with_what_the_law_asks_of_letters() -> None:
    parts = parse(compose(whole_invoice()))
    for part in OF_SELLER:
        assert part in parts.text, part
        assert part in parts.html, part


@pytest.mark.parametrize(
    "field", ["trading_name", "phone", "website", "legal_information", "contact", "registration", "line3"]
)
def test_no_text_of_a_party_is_structure(field: str) -> None:
    nested = {
        "contact": {"contact": Contact(name=HOSTILE)},
        "registration": {"legal_registration": LegalRegistration(value=HOSTILE)},
        "line3": {"address": Address(line3=HOSTILE)},
    }
    values = nested.get(field, {field: HOSTILE})
    invoice = invoice_of(seller=replace(SELLER, **values), buyer=replace(BUYER, **values))  # type: ignore[arg-type]
    plain = Elements(render_invoice_page(invoice_of(), pdf_url="https://invoices.example/pdf"))
    page = Elements(render_invoice_page(invoice, pdf_url="https://invoices.example/pdf"))
    assert {tag for tag, _ in page.tags} == {tag for tag, _ in plain.tags}
    assert not [name for _, attributes in page.tags for name in attributes if name.startswith("on")]
    assert "<script" not in parse(compose(invoice)).html
    assert re.sub(r"\s", "", HOSTILE) in re.sub(r"\s", "", text_of(invoice))


def test_a_line_break_in_a_name_begins_no_line_of_its_own() -> None:
    parts = parse(compose(invoice_of(seller=replace(SELLER, trading_name="A\nBcc: x@y.example", phone="1\r\n2"))))
    assert "A Bcc: x@y.example" in parts.text
    assert parts.message["Bcc"] is None


@pytest.mark.parametrize("language", languages())
def test_tax_ids_have_a_label_in_every_language(language: str) -> None:
    wording = wording_for(language)
    for kind, known in TAX_ID_TYPES.items():
        label = tax_id_label(kind, wording)
        assert label
        if known.label is None and (kind, language) != ("ch_vat", "de"):
            assert label == wording["vat_id" if kind.endswith("_vat") else "tax_id"]


@pytest.mark.parametrize(
    ("kind", "locale", "label"),
    [
        ("au_abn", "en", "ABN"), ("in_gst", "en-IN", "GSTIN"), ("us_ein", "en-US", "EIN"), ("ch_uid", "de-CH", "UID"),
        ("ch_vat", "de-CH", "MWST-Nr."), ("ch_vat", "fr-CH", "N° de TVA"), ("eu_vat", "it", "Partita IVA"),
        ("jp_trn", "ja", "登録番号"), ("jp_trn", "en", "Registration Number"), ("no_mva", "no", "Org.nr."),
        ("de_stn", "de", "Steuernummer"), ("kept from before", "en", "Tax ID"),
    ],
)  # fmt: skip
def test_tax_ids_are_printed_under_their_national_name(kind: str, locale: str, label: str) -> None:
    assert tax_id_label(kind, wording_for(locale)) == label


@pytest.mark.parametrize("kind", get_args(RoutingType))
def test_every_code_of_a_bank_has_a_name(kind: RoutingType) -> None:
    account = BankAccount(account_number="1", routing=Routing(type=kind, code="12"))
    number, code = bank_fields(account, wording_for("de"))
    assert (number.label, number.value, code.value) == ("Kontonummer", "1", "12")
    assert code.label == "Bankleitzahl" or kind != "other"
