"""Statements and receipts as PDF: what they say, in every language, over many pages, and the same bytes again."""

import io
from dataclasses import replace
from decimal import Decimal
from typing import get_args

import pytest
from pypdf import PdfReader

from invoicing.domain.ledger.entry import Movement
from invoicing.domain.parties.details import Address
from invoicing.domain.payments.payment import CUSTOMER_CREDIT, Allocation, Method, PaymentStatus
from invoicing_documents.pdf import render_receipt_pdf, render_statement_pdf
from invoicing_documents.wording import wording_for
from tests.documents.sample_invoices import BUYER, DRAWN, SELLER
from tests.documents.sample_statements import MOVEMENTS, a_statement, entry_of, payment_of

LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft " * 3


def pages_of(pdf: bytes) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages]


def test_a_statement_says_what_happened_and_what_is_owed() -> None:
    (page,) = pages_of(render_statement_pdf(a_statement()))
    for part in (
        "Statement of account", "Acme Studio GmbH", "Initech Ltd.", "Period Nov 1, 2026 – Nov 30, 2026",
        "Opening balance 500.00", "Invoice INV-2026-002 1,836.00", "Payment TX 2026-11-03 Initech -2,500.00 164.00",
        "Credit applied INV-2026-005 0.00 -100.00", "Written off INV-2026-005 -75.00", "Charges",
        "Closing balance (USD)",
    ):  # fmt: skip
        assert part in page
    assert page.count("$85.00") == 2
    assert "Bill to" not in page


def test_only_a_statement_with_credit_has_a_column_of_it() -> None:
    without = (entry_of(2, Movement.INVOICE, 100), entry_of(3, Movement.PAYMENT, -100))
    assert "Unused credit" not in pages_of(render_statement_pdf(a_statement(without)))[0]


def test_each_currency_has_a_section_with_its_own_sums() -> None:
    euros = (
        entry_of(4, Movement.INVOICE, 70000, currency="EUR", document="INV-EUR-1"),
        entry_of(8, Movement.PAYMENT, -20000, currency="EUR", document="SEPA 8"),
    )
    (page,) = pages_of(render_statement_pdf(a_statement((*MOVEMENTS[:2], *euros))))
    assert "Closing balance €500.00 · $2,336.00" in page
    sections = page.split("EUR Date Description Amount Balance")
    assert len(sections) == 2
    first, second = sections[1].split("USD Date Description Amount Balance")
    for part in ("INV-EUR-1 700.00 700.00", "SEPA 8 -200.00 500.00", "Closing balance (EUR) €500.00"):
        assert part in first
        assert part not in second
    assert "Closing balance (USD) $2,336.00" in second
    assert (page.count("Charges"), page.count("Period")) == (2, 1)


@pytest.mark.parametrize("count", range(10, 60, 2))
def test_no_currency_is_left_alone_at_the_end_of_a_page(count: int) -> None:
    many = tuple(entry_of(2, Movement.INVOICE, 100, currency="EUR") for _ in range(count))
    pages = pages_of(render_statement_pdf(a_statement((*many, *MOVEMENTS))))
    assert sum("USD Date Description Amount" in page for page in pages) == 1


def test_without_movements_it_says_so() -> None:
    assert "Nothing happened in this period." in pages_of(render_statement_pdf(a_statement(())))[0]


def test_of_many_pages_each_begins_with_the_head_and_none_loses_a_movement() -> None:
    entries = tuple(
        entry_of(1, Movement.INVOICE, number, document=f"No. {number} {LONG if number % 50 == 0 else ''}")
        for number in range(1, 401)
    )
    entries = tuple(replace(entry, id=f"ent_{number:04}") for number, entry in enumerate(entries))
    pages = pages_of(render_statement_pdf(a_statement(entries)))
    assert len(pages) > 5
    assert all("Date Description Amount Balance" in page for page in pages[:-1])
    together = " ".join(pages)
    assert [number for number in range(1, 401) if f"No. {number} " not in together] == []
    assert str(Decimal(400 * 401 // 2).scaleb(-2)) in together.replace(",", "")


@pytest.mark.parametrize("language", DRAWN)
def test_both_are_in_every_language(language: str) -> None:
    wording = wording_for(language)
    statement = " ".join(pages_of(render_statement_pdf(a_statement(locale=language))))
    receipt = " ".join(pages_of(render_receipt_pdf(payment_of(locale=language))))
    for key in ("statement", "opening_balance", "closing_balance", "movement_credit_applied", "unused_credit"):
        assert wording[key] in statement
    for key in ("receipt", "payment_date", "method_bank_transfer", "reference", "paid_invoice", "became_credit"):
        assert wording[key] in receipt
    assert "\N{REPLACEMENT CHARACTER}" not in statement + receipt


@pytest.mark.parametrize("movement", Movement)
def test_every_movement_has_its_words(movement: Movement) -> None:
    assert pages_of(render_statement_pdf(a_statement((entry_of(2, movement, 1),))))


@pytest.mark.parametrize("method", [*get_args(Method), CUSTOMER_CREDIT])
def test_every_method_has_its_words(method: str) -> None:
    assert wording_for("en")[f"method_{method}"] in pages_of(render_receipt_pdf(payment_of(method=method)))[0]


def test_a_receipt_says_what_was_paid_and_what_became_credit() -> None:
    (page,) = pages_of(render_receipt_pdf(payment_of()))
    for part in (
        "Payment receipt", "Payment date Nov 3, 2026", "Payment method Bank transfer",
        "INV-2026-001 500.00", "INV-2026-002 1,836.00", "Added to your credit 164.00", "Amount paid (USD) $2,500.00",
    ):  # fmt: skip
        assert part in page


def test_a_receipt_does_not_change_with_what_goes_back() -> None:
    payment = payment_of()
    returned = tuple(replace(part, returned=part.amount) for part in payment.allocations)
    after = replace(payment, version=2, allocations=returned, credit_returned=16400, status=PaymentStatus.REVERSED)
    assert render_receipt_pdf(after) == render_receipt_pdf(payment)


def test_an_invoice_whose_number_is_not_known_is_called_by_its_id() -> None:
    payment = payment_of(amount=100, to_credit=0, allocations=(Allocation(invoice_id="inv_7", amount=100),))
    assert "inv_7 1.00" in pages_of(render_receipt_pdf(payment))[0]


def test_the_paper_is_the_sellers_and_the_same_figures_give_the_same_bytes() -> None:
    american = replace(SELLER, address=Address(country="US"))
    statement = a_statement(seller=american, buyer=replace(BUYER, name=LONG))
    first = render_statement_pdf(statement)
    assert PdfReader(io.BytesIO(first)).pages[0].mediabox[2:] == [612, 792]
    assert render_statement_pdf(statement) == first
