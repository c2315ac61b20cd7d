"""Why an invoice has no tax: its own words, else those of its category in its language."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from invoicing.domain.invoices.exemptions import tax_warnings, with_exemptions
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.invoices.lines import NewLine
from invoicing.domain.money.adjustments import NewDocumentAdjustment
from invoicing.domain.money.tax import Tax
from invoicing.domain.parties.details import TaxId
from tests.builders import (
    a_credit_note,
    a_customer,
    a_line,
    a_new_invoice,
    an_account,
    an_invoice,
    an_issued_invoice,
)

VAT_ID = (TaxId(type="eu_vat", value="ATU12345678"),)
SMALL = an_account(small_business=True)
Said = list[tuple[str | None, tuple[str, ...], str | None]]


def no_tax(category: str | None = None, **given: Any) -> NewLine:
    return a_line(tax_rate="0", tax_category=category, **given)


def drafted(*lines: NewLine, locale: str = "en", small_business: bool = False) -> Invoice:
    return an_invoice(a_new_invoice(*lines, locale=locale), by=an_account(small_business=small_business))


def said(invoice: Any) -> Said:
    """What each tax group says: category, reasons, code."""
    return [(group.category, group.exemption_reasons, group.exemption_code) for group in invoice.tax_breakdown]


@pytest.mark.parametrize(
    ("category", "reason", "code"),
    [
        ("AE", "Steuerschuldnerschaft des Leistungsempfängers", "VATEX-EU-AE"),
        ("K", "Steuerfreie innergemeinschaftliche Lieferung", "VATEX-EU-IC"),
        ("G", "Steuerfreie Ausfuhrlieferung", "VATEX-EU-G"),
        ("O", "Nicht steuerbar", "VATEX-EU-O"),
        ("E", "Umsatzsteuerfrei", None),
    ],
)
def test_a_category_has_its_text_and_code(category: str, reason: str, code: str | None) -> None:
    assert said(drafted(no_tax(category), locale="de-AT")) == [(category, (reason,), code)]
    assert said(drafted(no_tax(category), locale="ja"))[0][1] != (reason,)
    ((_, (in_both,), _),) = said(drafted(no_tax(category), locale="de,ja"))
    assert in_both.startswith(f"{reason} / ")


@pytest.mark.parametrize("line", [no_tax(), no_tax("Z"), no_tax("L"), a_line(tax_rate="0.19", tax_category="S")])
def test_all_others_say_nothing(line: NewLine) -> None:
    assert [(reasons, code) for _, reasons, code in said(drafted(line))] == [((), None)]


def test_a_line_says_it_in_its_own_words() -> None:
    line = no_tax("E", tax_exemption_reason="Medical care", tax_exemption_code="VATEX-EU-132-1C")
    assert said(drafted(line, locale="de")) == [("E", ("Medical care",), "VATEX-EU-132-1C")]


def test_a_group_says_each_reason_of_its_lines_once_in_their_order() -> None:
    lines = (no_tax("E", tax_exemption_reason="Tuition"), no_tax("E"), no_tax("E", tax_exemption_reason="Tuition"))
    assert said(drafted(*lines)) == [("E", ("Tuition", "Exempt from tax"), None)]
    assert said(drafted(*reversed(lines))) == said(drafted(*lines))


@pytest.mark.parametrize(
    ("codes", "code"),
    [((None, "VATEX-EU-132"), "VATEX-EU-132"), (("VATEX-EU-135", "VATEX-EU-132"), None), ((None, None), None)],
)
def test_a_group_has_a_code_where_its_lines_agree(codes: tuple[str | None, ...], code: str | None) -> None:
    assert said(drafted(*(no_tax("E", tax_exemption_code=given) for given in codes))) == [
        ("E", ("Exempt from tax",), code)
    ]


def test_each_group_says_why() -> None:
    lines = (no_tax("AE"), a_line(tax_rate="0.19"), no_tax("E", tax_exemption_reason="Rent"), no_tax())
    assert said(drafted(*lines)) == [
        ("S", (), None),
        ("E", ("Rent",), None),
        ("AE", ("Reverse charge",), "VATEX-EU-AE"),
        (None, (), None),
    ]


def test_charges_and_allowances_say_why_too() -> None:
    shipping = NewDocumentAdjustment(
        description="Shipping", amount=Decimal(5), tax_category="E", tax_exemption_reason="Postal services"
    )
    rebate = replace(shipping, description="Rebate", tax_category="G", tax_exemption_reason=None)
    invoice = an_issued_invoice(a_new_invoice(no_tax("E"), charges=(shipping,), allowances=(rebate,)))
    assert said(invoice) == [
        ("G", ("Export exempt from tax",), "VATEX-EU-G"),
        ("E", ("Exempt from tax", "Postal services"), None),
    ]
    assert warned(billed(a_line(), charges=(replace(shipping, tax_category="O"),))) == []
    mixed = billed(a_line(tax_rate="0.19"), allowances=(replace(shipping, tax_category="O"),))
    assert warned(mixed) == [("allowances[0].tax_category", "TAX_CATEGORIES_MIXED")]


def test_several_taxes_of_0_say_why() -> None:
    taxes = tuple(Tax(name=name, rate=Decimal(0)) for name in ("GST", "QST"))
    invoice = drafted(a_line(taxes=taxes, tax_category="G"))
    assert [(group.name, group.exemption_reasons) for group in invoice.tax_breakdown] == [
        ("QST", ("Export exempt from tax",)),
        ("GST", ("Export exempt from tax",)),
    ]


BECAUSE_SMALL = "Small business exemption: no tax is charged"


@pytest.mark.parametrize("category", [None, "E"])
def test_an_invoice_of_a_small_business_says_so(category: str | None) -> None:
    assert said(drafted(no_tax(category), small_business=True)) == [(category, (BECAUSE_SMALL,), None)]
    own = no_tax(category, tax_exemption_reason="TVA non applicable, art. 293 B du CGI")
    assert said(drafted(own, small_business=True))[0][1] == ("TVA non applicable, art. 293 B du CGI",)


def test_other_categories_of_a_small_business_say_why_by_themselves() -> None:
    assert said(drafted(no_tax("G"), no_tax("Z"), no_tax(), small_business=True)) == [
        ("Z", (), None),
        ("G", ("Export exempt from tax",), "VATEX-EU-G"),
        (None, (BECAUSE_SMALL,), None),
    ]


def test_a_small_business_with_a_tax_does_not_say_that_it_has_none() -> None:
    assert said(drafted(no_tax(), a_line(tax_rate="0.19"), small_business=True)) == [("S", (), None), (None, (), None)]


def test_the_reasons_are_those_of_the_account_as_it_is_now() -> None:
    draft = drafted(no_tax())
    small = with_exemptions(draft, small_business=True)
    assert said(small) == [(None, (BECAUSE_SMALL,), None)]
    assert with_exemptions(small, small_business=False) == draft
    assert with_exemptions(small, small_business=True) is small


def test_a_plain_invoice_is_left_alone() -> None:
    draft = an_invoice()
    assert with_exemptions(draft, small_business=False) is draft


def test_a_credit_note_says_what_its_invoice_says() -> None:
    lines = (no_tax("AE"), no_tax("E", tax_exemption_reason="Rent"), a_line(tax_rate="0.19"))
    invoice = an_issued_invoice(a_new_invoice(*lines, locale="fr"))
    assert said(a_credit_note(invoice)) == said(invoice)
    assert said(invoice)[2] == ("AE", ("Autoliquidation",), "VATEX-EU-AE")
    small = an_issued_invoice(a_new_invoice(no_tax()), by=SMALL)
    assert said(a_credit_note(small)) == [(None, (BECAUSE_SMALL,), None)]


def warned(invoice: Invoice, **account: Any) -> list[tuple[str, str]]:
    return [(warning.field, warning.code) for warning in tax_warnings(invoice, an_account(**account))]


def billed(*lines: NewLine, tax_ids: tuple[TaxId, ...] = VAT_ID, **invoice: Any) -> Invoice:
    return an_invoice(a_new_invoice(*lines, **invoice), customer=a_customer(tax_ids=tax_ids))


def test_usual_invoices_need_no_warning() -> None:
    assert warned(an_invoice()) == []
    assert warned(an_invoice(a_new_invoice(a_line())), small_business=True) == []
    assert warned(billed(no_tax("AE"), no_tax("K"), no_tax("E"), a_line(tax_rate="0.19"))) == []


def test_a_tax_of_a_small_business_is_doubtful() -> None:
    assert warned(an_invoice(), small_business=True) == [("items", "SMALL_BUSINESS_TAX")]


@pytest.mark.parametrize("category", ["AE", "K"])
def test_supplies_to_businesses_need_vat_numbers(category: str) -> None:
    lines = (a_line(tax_rate="0.19"), no_tax(category))
    missing = [("items[1].tax_category", "TAX_ID_MISSING")]
    assert warned(billed(*lines)) == []
    assert warned(billed(*lines, tax_ids=())) == missing
    assert warned(billed(*lines), tax_ids=()) == missing
    (warning,) = tax_warnings(billed(*lines, tax_ids=()), an_account(tax_ids=()))
    assert warning.message.endswith("needs the VAT numbers of both sides; add tax_ids to the customer and the account.")
    unnamed = an_invoice(a_new_invoice(*lines), customer=a_customer(id=""))  # a preview without a customer
    assert warned(unnamed) == []


def test_nothing_stands_beside_what_is_outside_the_scope() -> None:
    assert warned(billed(no_tax("O"))) == []
    assert warned(billed(a_line(tax_rate="0.19"), no_tax("O"))) == [("items[1].tax_category", "TAX_CATEGORIES_MIXED")]


def test_codes_that_differ_are_doubtful() -> None:
    lines = (no_tax("E", tax_exemption_code="VATEX-EU-132"), no_tax("E", tax_exemption_code="VATEX-EU-135"))
    assert warned(billed(*lines)) == [("items[0].tax_category", "EXEMPTION_CODES_DIFFER")]


def test_the_rate_of_the_invoice_counts() -> None:
    invoice = an_invoice(a_new_invoice(a_line(), a_line(tax_rate="0"), tax_rate=Decimal("0.2")))
    assert warned(invoice, small_business=True) == [("items", "SMALL_BUSINESS_TAX")]
