"""Amounts, quantities, IBANs and references are never broken, whatever texts stand beside them."""

from dataclasses import replace
from decimal import Decimal
from typing import get_args

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from invoicing.domain.invoices.particulars import CustomField, Particulars
from invoicing.domain.invoices.payment_means import PaymentMeans, PaymentReference
from invoicing.domain.money.discounts import Discount
from invoicing.domain.parties.details import BankAccount
from invoicing.domain.templates.template import Layout, PaperSize
from invoicing_documents.content import content_of
from invoicing_documents.pdf import render_invoice_pdf
from tests.documents.drawn import pieces_of
from tests.documents.sample_invoices import SELLER, invoice_of, line_of, template_with
from tests.examples import examples

CALIFORNIA = "California state and local sales tax"
LOOKS = [(layout, paper) for layout in get_args(Layout) for paper in get_args(PaperSize)]
WORDS = st.text("aäé -/.,Ж", min_size=1, max_size=100).filter(str.strip)


@pytest.mark.parametrize("look", LOOKS)
@settings(max_examples=examples(8), deadline=None)
@given(
    tax_name=WORDS,
    label=WORDS,
    price=st.decimals("0.01", "999999999999", places=2),
    locale=st.sampled_from(["en", "de-CH", "fr", "ru", "hi-IN"]),
)
@example(tax_name=CALIFORNIA, label="x" * 100, price=Decimal("999999999999.99"), locale="fr")
@example(tax_name="x" * 100, label="Amount", price=Decimal("1234567.89"), locale="de")
def test_no_number_is_broken(
    look: tuple[Layout, PaperSize], tax_name: str, label: str, price: Decimal, locale: str
) -> None:
    number = PaymentReference(type="ogm", value="010806817183")
    field = CustomField(name=label[:50].strip() or "x", value="3.1415926535 8979323846")
    invoice = invoice_of(
        (
            line_of("Work", "1", str(price), tax_name=tax_name, discount=Discount(type="percentage", value=Decimal(3))),
            line_of("Work", "123456.123456", "0.123456", tax_name=tax_name, unit="licence seats"),
        ),
        currency="EUR",
        locale=locale,
        seller=replace(SELLER, bank_account=BankAccount(iban="MT84MALT011000012345MTLCAST001S", holder="x" * 90)),
        particulars=Particulars(payment_means=PaymentMeans(code="58", reference=number), custom_fields=(field,)),
    )
    words = ("amount", "unit_price", "total", "amount_due", "payment_reference", "account_holder")
    design = template_with(layout=look[0], paper_size=look[1], labels=dict.fromkeys(words, label))
    content = content_of(invoice)
    drawn = "\n".join(piece.text for page in pieces_of(render_invoice_pdf(invoice, template=design)) for piece in page)
    fields = (*content.summary, content.total, content.panel)
    for amount in (*(field.value for field in fields), *(row.amount for row in content.rows)):
        assert amount in drawn
    for row in content.rows:
        assert row.unit_price in drawn
    (taxed,) = invoice.tax_breakdown
    assert content.wording.amount(taxed.taxable, "EUR") in drawn
    for group in ("MT84", "MALT", "0110", "0001", "2345", "MTLC", "AST0", "01S", "+++010/8068/17183+++"):
        assert group in drawn
    assert "3.1415926535" in drawn
