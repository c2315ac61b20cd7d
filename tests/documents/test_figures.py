"""Every kind of figure in PDF, page and e-mail: the same words, and rows that add up."""

import io
import re
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from invoicing.domain.errors import ValidationFailed
from invoicing.domain.invoices.invoice import Invoice
from invoicing_documents.content import content_of
from invoicing_documents.credit_note_content import credit_note_content_of
from invoicing_documents.page import render_invoice_page
from invoicing_documents.parties import Field
from invoicing_documents.pdf import render_credit_note_pdf, render_invoice_pdf
from tests.builders import a_line
from tests.documents.sample_figures import (
    CASH,
    DEPOSIT,
    GST,
    IRPF,
    LOYALTY,
    PACKAGING,
    QST,
    REBATE,
    SHIPPING,
    everything,
    invoice_with,
)
from tests.documents.sample_invoices import DRAWN, invoice_of
from tests.documents.test_credit_note_documents import note_of
from tests.documents.test_invoice_email import compose, parse
from tests.documents.test_invoice_page import Elements
from tests.examples import examples

WHITE_SPACE = re.compile(r"[\s\u00a0\u202f]+")


def flat(text: str) -> str:
    return WHITE_SPACE.sub(" ", text)


def pdf_text(pdf: bytes) -> str:
    return flat(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages))


def page_text(invoice: Invoice) -> str:
    return flat(Elements(render_invoice_page(invoice, pdf_url="/pdf")).text)


def rows(*fields: Field) -> list[tuple[str, str]]:
    return [(flat(field.label), flat(field.value)) for field in fields]


def test_every_figure_has_its_row() -> None:
    content = content_of(everything())
    assert rows(*content.summary, content.total, *content.payable) == [
        ("Subtotal", "1,799.98"),
        ("Discount", "-61.54"),
        ("Allowances on items", "-75.00"),
        ("Charges on items", "3.00"),
        ("Loyalty rebate · 2% · Tax 19%", "-34.36"),
        ("Shipping · Tax 7%", "12.50"),
        ("Tax 19% on 1,341.10", "254.81"),
        ("Tax 7% on 206.50", "14.46"),
        ("Tax 0% on 96.98", "0.00"),
        ("Total (EUR)", "€1,913.85"),
        ("Withholding tax · Retención IRPF 15% on 1,644.58", "-246.69"),
        ("Prepaid · Nov 2, 2026 · AB-12 · including Tax 79.83", "-500.00"),
        ("Rounding", "-0.01"),
        ("Amount payable (EUR)", "€1,167.15"),
    ]
    assert rows(*content.rows[0].adjustments) == [("Volume rebate · 5%", "-75.00"), ("Packaging", "3.00")]
    assert content.exemptions == ("Tax 0% on 96.98: Tuition",)
    assert rows(content.panel) == [("Amount due", "€1,167.15")]


@pytest.mark.parametrize("locale", DRAWN)
def test_pdf_and_page_say_the_same_in_every_language(locale: str) -> None:
    invoice = everything(locale=locale)
    content = content_of(invoice)
    fields = (*content.summary, content.total, *content.payable, *content.rows[0].adjustments, content.panel)
    texts = [text for field in rows(*fields) for text in field] + list(map(flat, content.exemptions))
    for shown in (pdf_text(render_invoice_pdf(invoice)), page_text(invoice)):
        assert [text for text in texts if text not in shown] == []
    assert "\ufffd" not in "".join(texts)


def test_a_plain_invoice_has_none_of_it() -> None:
    content = content_of(invoice_of())
    assert [field.label for field in content.summary] == ["Subtotal", "Tax 8% on 1,700.00"]
    assert (content.payable, content.exemptions) == ((), ())
    assert not any(row.adjustments for row in content.rows)


def test_prices_with_tax_mark_what_is_without() -> None:
    invoice = invoice_with(charges=(SHIPPING,), prices_include_tax=True)
    assert [label for label, _ in rows(*content_of(invoice).summary)] == [
        "Subtotal (excl. tax)",
        "Shipping · Tax 7% (excl. tax)",
        "Tax 19% on 1,428.57",
        "Tax 7% on 11.68",
    ]
    assert content_of(invoice_with(prices_include_tax=True)).summary == ()


def test_a_charge_says_its_tax_only_where_rates_differ() -> None:
    same = replace(SHIPPING, tax_rate=Decimal("0.19"), tax_name="VAT")
    assert ("Shipping", "12.50") in rows(*content_of(invoice_with(charges=(same,))).summary)
    other = replace(SHIPPING, tax_rate=None, taxes=(GST, QST))
    labels = [label for label, _ in rows(*content_of(invoice_with(charges=(other,))).summary)]
    assert "Shipping · GST 5% · QST 9.975%" in labels


def test_untaxed_charges_are_shown_too() -> None:
    content = content_of(invoice_with(a_line("1", "100"), allowances=(replace(LOYALTY),)))
    assert rows(*content.summary) == [("Subtotal", "100.00"), ("Loyalty rebate · 2%", "-2.00")]


def test_a_line_shows_each_of_its_taxes() -> None:
    invoice = invoice_with(a_line("1", "100"), taxes=(GST, QST), currency="CAD", prices_include_tax=True)
    content = content_of(invoice)
    assert content.rows[0].tax == "5%\n9.975%"
    assert rows(*content.included_tax) == [
        ("including QST 9.975% on 90.93", "9.07"),
        ("including GST 5% on 86.60", "4.33"),
    ]
    assert "100.00 5% 9.975% 100.00" in page_text(invoice)
    shown = pdf_text(render_invoice_pdf(invoice))
    assert shown.count("9.975%") == 2
    assert " 5% 100.00 9.975%" in shown


def test_the_rounding_difference_stands_below_the_total() -> None:
    content = content_of(invoice_with(a_line("1", "20.86"), currency="CHF", rounding=CASH, locale="de"))
    assert rows(content.total, *content.payable) == [
        ("Gesamtbetrag (CHF)", "20,86 CHF"),
        ("Rundung", "-0,01"),
        ("Zahlbetrag (CHF)", "20,85 CHF"),
    ]


def test_a_prepayment_says_only_what_is_known_of_it() -> None:
    bare = replace(DEPOSIT, tax=None, reference=None, paid_on=None)
    assert rows(*content_of(invoice_with(prepayments=(bare, DEPOSIT))).payable)[:2] == [
        ("Prepaid", "-500.00"),
        ("Prepaid · Nov 2, 2026 · AB-12 · including Tax 79.83", "-500.00"),
    ]


def test_a_withholding_that_says_what_it_is_says_it_once() -> None:
    labels = [content_of(everything(locale=locale)).payable[0].label for locale in ("es", "de")]
    assert list(map(flat, labels)) == [
        "Retención IRPF 15 % sobre 1.644,58",
        "Einbehaltene Steuer · Retención IRPF 15 % auf 1.644,58",
    ]


@pytest.mark.parametrize(
    ("invoice", "reason"),
    [
        (invoice_with(a_line(tax_category="AE"), locale="de"), "Steuerschuldnerschaft des Leistungsempfängers"),
        (invoice_with(a_line(tax_category="K"), locale="pl"), "Wewnątrzwspólnotowa dostawa towarów bez VAT"),
        (invoice_with(a_line(), small_business=True), "Small business exemption: no tax is charged"),
    ],
)
def test_an_invoice_without_tax_says_why(invoice: Invoice, reason: str) -> None:
    assert content_of(invoice).exemptions == (reason,)
    note = note_of(invoice)
    assert credit_note_content_of(note).exemptions == (reason,)
    for shown in (pdf_text(render_invoice_pdf(invoice)), page_text(invoice), pdf_text(render_credit_note_pdf(note))):
        assert reason in shown


def test_each_tax_group_says_why() -> None:
    lines = (
        a_line(tax_category="G"),
        a_line(tax_category="E", tax_exemption_reason="Tuition"),
        a_line(tax_category="E", tax_exemption_reason="Books\nand <b>papers</b>"),
        a_line(tax_rate="0.19"),
    )
    invoice = invoice_with(*lines)
    assert tuple(map(flat, content_of(invoice).exemptions)) == (
        "Tax 0% on 100.00: Export exempt from tax",
        "Tax 0% on 200.00: Tuition; Books and <b>papers</b>",
    )
    assert "<b>papers" not in render_invoice_page(invoice, pdf_url="/pdf")


def test_the_email_asks_for_the_amount_payable() -> None:
    parts = parse(compose(everything()))
    for body in (parts.text, parts.html):
        assert "€1,167.15" in body
        assert "1,913.85" not in body


def test_long_texts_and_large_amounts_are_not_cut() -> None:
    text = " ".join(f"word{number}" for number in range(60))
    line = a_line(
        "123456.123456", "99999.123456", "0.19",
        allowances=(replace(REBATE, description=text[:250]),),
        charges=(replace(PACKAGING, amount=Decimal("99999999.99")),),
    )  # fmt: skip
    invoice = invoice_with(
        line,
        charges=(replace(SHIPPING, description=text[:250], amount=Decimal("88888888.88")),),
        withholdings=(replace(IRPF, name="W" * 100),) * 5,
        prepayments=(replace(DEPOSIT, reference="X" * 100),) * 20,
    )
    content, shown = content_of(invoice), pdf_text(render_invoice_pdf(invoice))
    for _, value in rows(*content.summary, content.total, *content.payable, *content.rows[0].adjustments):
        assert value in shown
    assert "word31" in shown


def amount(text: str) -> Decimal:
    """The number of an English amount, with or without a currency."""
    return Decimal(re.sub(r"[^\d.-]", "", text))


percentages = st.integers(1, 100).map(Decimal)
amounts = st.integers(1, 3000).map(lambda cents: Decimal(cents).scaleb(-2))
line_adjustments = st.lists(
    st.builds(lambda value: replace(REBATE, percentage=value), percentages)
    | st.builds(lambda value: replace(PACKAGING, amount=value), amounts),
    max_size=2,
).map(tuple)
rates = st.sampled_from([None, Decimal(0), Decimal("0.07"), Decimal("0.19")])
adjustments = st.lists(
    st.builds(lambda value, rate: replace(LOYALTY, percentage=value, tax_rate=rate), percentages, rates)
    | st.builds(lambda value, rate: replace(SHIPPING, amount=value, tax_rate=rate), amounts, rates),
    max_size=3,
).map(tuple)
lines = st.builds(
    lambda price, rate, charges, allowances: a_line("3", price, rate, charges=charges, allowances=allowances),
    st.sampled_from(["9.99", "33.33", "120"]),
    st.sampled_from([None, "0", "0.19"]),
    line_adjustments,
    line_adjustments,
)
figures = st.fixed_dictionaries(
    {
        "charges": adjustments,
        "allowances": adjustments,
        "prices_include_tax": st.booleans(),
        "withholdings": st.lists(st.just(IRPF), max_size=2).map(tuple),
        "prepayments": st.lists(st.just(replace(DEPOSIT, amount=Decimal(1), tax=None)), max_size=2).map(tuple),
        "rounding": st.sampled_from([None, CASH]),
    },
    optional={"tax_rate": st.just(Decimal("0.2")), "taxes": st.just((GST, QST))},
).filter(lambda given: not {"tax_rate", "taxes"} <= given.keys())


@settings(max_examples=examples(60), deadline=None)
@given(st.lists(lines, min_size=1, max_size=3), figures)
def test_rows_add_up_to_the_total_and_on_to_the_amount_payable(given: list[Any], more: dict[str, Any]) -> None:
    try:
        invoice = invoice_with(*given, **more)
    except ValidationFailed:
        return
    content = content_of(invoice)
    total = amount(content.total.value)
    if content.summary:
        assert sum(amount(field.value) for field in content.summary) == total
    *steps, payable = content.payable or (content.total,)
    assert total + sum(amount(field.value) for field in steps) == amount(payable.value)
    assert amount(payable.value) == amount(content.panel.value)
    if invoice.total > 0:
        note = credit_note_content_of(note_of(invoice))
        assert amount(note.total.value) == total
        assert not note.summary or sum(amount(field.value) for field in note.summary) == total
