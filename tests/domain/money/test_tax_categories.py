"""Categories against rates, and reasons against categories."""

import re
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invoicing.domain.errors import ValidationFailed
from invoicing.domain.invoices.lines import NewLine
from invoicing.domain.money.adjustments import NewDocumentAdjustment
from invoicing.domain.money.exemption_texts import SMALL_BUSINESS, TEXTS, texts_of
from invoicing.domain.money.tax import Tax
from invoicing.domain.money.tax_categories import CATEGORIES, CODES, EXEMPT, EXEMPTION_CODE
from invoicing_documents.wording import languages
from tests.builders import a_line, a_new_invoice, an_account, an_invoice

ZERO, NINETEEN = Decimal(0), Decimal("0.19")

ALLOWED = {
    # category: (with tax, without tax), EN 16931-1, BR-S-05, BR-Z-05, BR-E-05, BR-AE-05, BR-IC-05, BR-G-05, BR-O-05,
    # BR-IG-05, BR-IP-05
    "S": (True, False),
    "Z": (False, True),
    "E": (False, True),
    "AE": (False, True),
    "K": (False, True),
    "G": (False, True),
    "O": (False, True),
    "L": (True, True),
    "M": (True, True),
    None: (True, True),
}


def check(*lines: NewLine, rate: Decimal = ZERO, small_business: bool = False, **invoice: Any) -> list[tuple[str, str]]:
    """The wrong fields of a draft and their codes, at a rate for lines without their own."""
    try:
        an_invoice(a_new_invoice(*lines, tax_rate=rate, **invoice), by=an_account(small_business=small_business))
    except ValidationFailed as error:
        return [(detail.field, detail.code) for detail in error.details]
    return []


def test_these_are_the_categories() -> None:
    assert {None, *CATEGORIES} == ALLOWED.keys()


@pytest.mark.parametrize("category", ALLOWED)
@pytest.mark.parametrize(("rate", "taxed"), [(NINETEEN, True), (ZERO, False)])
def test_a_category_goes_with_these_rates(category: str | None, rate: Decimal, taxed: bool) -> None:
    wrong = [] if ALLOWED[category][0 if taxed else 1] else [("items[0].tax_category", "TAX_CATEGORY_INVALID")]
    assert check(a_line(tax_rate=str(rate), tax_category=category)) == wrong
    assert check(a_line(tax_category=category), rate=rate) == wrong  # the invoice's rate
    assert check(a_line(tax_rate=str(rate), tax_category=category), small_business=True) == wrong


@given(st.decimals("0.000001", 1, places=6), st.sampled_from(sorted(CATEGORIES)))
def test_any_rate_above_0_is_tax(rate: Decimal, category: str) -> None:
    assert (check(a_line(tax_rate=f"{rate:f}", tax_category=category)) == []) == ALLOWED[category][0]


def test_every_wrong_line_is_named_with_what_to_do() -> None:
    lines = [a_line(tax_rate="0.19", tax_category="AE"), a_line(tax_rate="0", tax_category="S")]
    with pytest.raises(ValidationFailed) as refused:
        an_invoice(a_new_invoice(*lines, a_line(tax_rate="0", tax_category="K")))
    assert [detail.message for detail in refused.value.details] == [
        (
            "items[0].tax_category AE (reverse charge) needs a tax rate of 0, not 0.19; send tax_rate 0 on this line, "
            "or category S."
        ),
        (
            "items[1].tax_category S (standard rate) needs a tax rate above 0; without tax send Z, E, AE, K, G or O, "
            "or no category."
        ),
    ]


def test_several_taxes_count_together() -> None:
    taxes = (Tax(name="GST", rate=ZERO), Tax(name="QST", rate=Decimal("0.09975")))
    refused = [("items[0].tax_category", "TAX_CATEGORY_INVALID")]
    assert check(a_line(taxes=taxes, tax_category="S")) == []
    assert check(a_line(taxes=taxes[:1], tax_category="S")) == refused
    assert check(a_line(taxes=taxes, tax_category="E")) == refused
    assert check(a_line(tax_category="E"), taxes=taxes) == refused  # the invoice's taxes
    assert check(a_line(taxes=taxes[:1], tax_category="E")) == []


@pytest.mark.parametrize("field", ["charges", "allowances"])
def test_charges_and_allowances_are_checked_too(field: str) -> None:
    right = NewDocumentAdjustment(description="x", amount=Decimal(1), tax_category="K")
    given: dict[str, Any] = {field: (right, replace(right, tax_rate=Decimal("0.07")))}
    assert check(a_line(), **given) == [(f"{field}[1].tax_category", "TAX_CATEGORY_INVALID")]
    given = {field: (replace(right, tax_category=None, tax_exemption_code="VATEX-EU-132"),)}
    assert check(a_line(), **given) == [(f"{field}[0].tax_exemption_code", "TAX_EXEMPTION_INVALID")]


@pytest.mark.parametrize("given", ["tax_exemption_reason", "tax_exemption_code"])
@pytest.mark.parametrize("category", [None, *CATEGORIES])
def test_only_what_is_exempt_says_why(category: str | None, given: str) -> None:
    values = {"tax_exemption_reason": "Because", "tax_exemption_code": CODES.get(category or "", "VATEX-EU-132")}
    line = a_line(tax_rate="0.19" if category == "S" else "0", tax_category=category, **{given: values[given]})
    wrong = [(f"items[0].{given}", "TAX_EXEMPTION_INVALID")]
    assert check(line) == ([] if category in EXEMPT else wrong)
    assert check(line, small_business=True) == ([] if category in EXEMPT or category is None else wrong)


def test_a_small_business_has_no_reason_beside_a_tax() -> None:
    line = a_line(tax_rate="0.19", tax_exemption_reason="Because")
    assert check(line, small_business=True) == [("items[0].tax_exemption_reason", "TAX_EXEMPTION_INVALID")]


@pytest.mark.parametrize(("code", "category"), [(code, category) for category, code in CODES.items()])
def test_a_code_of_a_category_goes_with_no_other(code: str, category: str) -> None:
    for other in EXEMPT:
        wrong = [] if other == category else [("items[0].tax_exemption_code", "TAX_EXEMPTION_INVALID")]
        assert check(a_line(tax_rate="0", tax_category=other, tax_exemption_code=code)) == wrong
    assert check(a_line(tax_rate="0", tax_exemption_code=code), small_business=True) != []


@pytest.mark.parametrize(
    ("code", "is_one"),
    [
        ("VATEX-EU-AE", True),
        ("VATEX-EU-143-1FA", True),
        ("VATEX-FR-CGI275", True),
        ("VATEX-FR-FRANCHISE", True),
        ("VATEX", False),
        ("VATEX-EU", False),
        ("VATEX-EU-", False),
        ("vatex-eu-ae", False),
        ("EU-AE", False),
    ],
)
def test_codes_have_the_form_of_the_list(code: str, is_one: bool) -> None:
    assert (EXEMPTION_CODE.fullmatch(code) is not None) == is_one


def test_every_language_of_documents_has_every_text() -> None:
    assert TEXTS.keys() == set(languages())
    for texts in TEXTS.values():
        assert texts.keys() == {*EXEMPT, SMALL_BUSINESS}
        assert len(set(texts.values())) == len(texts)
        assert all(text == text.strip() and not re.search(r"[.{}\n]", text) for text in texts.values())
    assert texts_of("fa") == texts_of("en")


@pytest.mark.parametrize(
    ("language", "text"),
    # Directive 2006/112/EC, article 226 (11a), in the language's own version.
    [
        ("cs", "daň odvede zákazník"),
        ("da", "omvendt betalingspligt"),
        ("de", "Steuerschuldnerschaft des Leistungsempfängers"),
        ("el", "Αντίστροφη επιβάρυνση"),
        ("en", "Reverse charge"),
        ("es", "inversión del sujeto pasivo"),
        ("fi", "käännetty verovelvollisuus"),
        ("fr", "Autoliquidation"),
        ("hu", "fordított adózás"),
        ("it", "inversione contabile"),
        ("nl", "Btw verlegd"),
        ("pl", "odwrotne obciążenie"),
        ("pt", "Autoliquidação"),
        ("ro", "taxare inversă"),
        ("sv", "omvänd betalningsskyldighet"),
    ],
)
def test_reverse_charge_has_the_words_of_the_law(language: str, text: str) -> None:
    assert text.lower() in texts_of(language)["AE"].lower()
