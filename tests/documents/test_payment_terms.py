"""Payment terms on documents."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from invoicing.domain.invoices.invoice import Status
from invoicing.domain.invoices.payment_terms import EarlyPaymentDiscount
from invoicing_documents.content import content_of
from invoicing_documents.pdf import render_invoice_pdf
from invoicing_documents.wording import languages
from tests.documents.sample_invoices import invoice_of


@pytest.mark.parametrize(
    ("wording", "printed"),
    [
        ("Net 30", "30 Tage netto"),
        ("14 days", "14 Tage netto"),
        ("due on receipt", "Zahlbar sofort nach Erhalt"),
        ("1 day", "1 day"),
        ("COD", "COD"),
        ("EOM", "EOM"),
        ("Net 30 EOM", "Net 30 EOM"),
        ("2/10 Net 30", "2/10 Net 30"),
        ("Bar bei Abholung", "Bar bei Abholung"),
    ],
)
def test_terms_without_a_translation_are_printed_as_they_are(wording: str, printed: str) -> None:
    content = content_of(invoice_of(payment_terms=wording, locale="de"))
    assert [fact.value for fact in content.facts if fact.label == content.wording["payment_terms"]] == [printed]


@pytest.mark.parametrize("language", languages())
def test_discounts_for_early_payment_say_what_to_pay_until_when(language: str) -> None:
    """As they were when the invoice was issued, whatever was paid since."""
    offers = (EarlyPaymentDiscount(Decimal("2.5"), 10), EarlyPaymentDiscount(Decimal(1), 20))
    invoice = invoice_of(early_payment_discounts=offers, locale=language)
    content = content_of(invoice)
    wording = content.wording
    printed = [fact.value for fact in content.facts if fact.label == wording["early_payment_discount"]]
    first = invoice.total - round(invoice.total * Decimal("0.025"))
    for text, amount, days in zip(printed, (first, invoice.total * 99 // 100), (10, 20), strict=True):
        assert wording.money(amount, invoice.currency) in text
        assert wording.date(invoice.issue_date + timedelta(days=days)) in text
    assert wording.percent(Decimal("0.025")) in printed[0]
    paid = replace(invoice, amount_paid=100, amount_credited=50, status=Status.PARTIALLY_PAID)
    assert content_of(paid).facts == content.facts
    assert render_invoice_pdf(paid) == render_invoice_pdf(invoice)


def test_without_discounts_nothing_is_printed() -> None:
    content = content_of(invoice_of())
    assert content.wording["early_payment_discount"] not in {fact.label for fact in content.facts}
