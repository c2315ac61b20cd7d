"""Ledger entries as bookings."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invoicing.domain.exports.bookings import Booking, bookings_of
from invoicing.domain.exports.export import Books
from invoicing.domain.invoices.lines import NewLine
from invoicing.domain.ledger.document import Document
from invoicing.domain.ledger.entry import LedgerEntry, Movement
from invoicing.domain.money.exchange import Exchange
from invoicing.domain.money.payable import NewWithholding
from invoicing.domain.money.tax import Tax
from invoicing.domain.payments.payment import Allocation
from tests.builders import ACCOUNT, NOW, a_credit_note, a_line, a_new_invoice, a_payment, an_issued_invoice

BOOKS = Books(currency="USD", fiscal_year_start=date(2026, 1, 1))


def entry(movement: Movement, amount: int, **about: Any) -> LedgerEntry:
    known = {"document": "A-1", "invoice_id": "inv_1"}
    return LedgerEntry(
        account=ACCOUNT, id="ent_1", customer_id="cust_123", currency="USD", date=date(2026, 3, 9),
        movement=movement, amount=amount, created_at=NOW, **known | about,
    )  # fmt: skip


def change(booking: Booking) -> int:
    return booking.amount if booking.side == "debit" else -booking.amount


def shown(movement: Movement, amount: int, document: Document | None, **about: Any) -> list[tuple[str, int]]:
    found = bookings_of(entry(movement, amount, **about), document, BOOKS)
    return [(booking.contra, change(booking)) for booking in found]


LINES = st.builds(
    lambda price, rate: a_line("1", str(price), rate),
    st.decimals("-20", "500", places=2),
    st.sampled_from([None, "0", "0.07", "0.19", "0.2"]),
)


@given(st.lists(LINES, min_size=1, max_size=6), st.sampled_from([None, "0.1"]), st.booleans())
def test_bookings_add_up_to_the_change_of_the_balance(
    lines: list[NewLine], withheld: str | None, credited: bool
) -> None:
    more = a_line("1", "200", "0.19")
    withholdings = (NewWithholding(name="IRPF", rate=Decimal(withheld)),) if withheld else ()
    document: Any = an_issued_invoice(a_new_invoice(*lines, more, withholdings=withholdings))
    movement, amount = Movement.INVOICE, document.amount_payable
    if credited:
        document = a_credit_note(document)
        movement, amount = Movement.CREDIT_NOTE, -document.amount_payable
    found = bookings_of(entry(movement, amount), document, BOOKS)
    assert sum(map(change, found)) == amount
    assert all(booking.amount > 0 for booking in found)
    revenue = [booking for booking in found if booking.contra != "1590"]
    assert sum(map(change, revenue)) == (-1 if credited else 1) * document.total


@pytest.mark.parametrize(
    ("rate", "category", "account"),
    [
        ("0.19", None, "8400"),
        ("0.07", None, "8300"),
        ("0.16", None, "8200"),
        ("0", "K", "8125"),
        ("0", "G", "8120"),
        ("0", "AE", "8337"),
        ("0", "E", "8100"),
        ("0", "Z", "8200"),
        (None, None, "8200"),
    ],
)
def test_revenue_by_rate_and_category(rate: str | None, category: str | None, account: str) -> None:
    invoice = an_issued_invoice(a_new_invoice(a_line("1", "100", rate, tax_category=category)))
    assert shown(Movement.INVOICE, invoice.total, invoice) == [(account, invoice.total)]


def test_voids_and_voided_notes_are_on_the_other_side() -> None:
    invoice = an_issued_invoice(a_new_invoice(a_line("1", "100", "0.19"), a_line("1", "100", "0.07")))
    assert shown(Movement.VOID, -22_600, invoice) == [("8300", -10_700), ("8400", -11_900)] or shown(
        Movement.VOID, -22_600, invoice
    ) == [("8400", -11_900), ("8300", -10_700)]
    note = a_credit_note(an_issued_invoice(a_new_invoice(a_line("1", "100", "0.19"))))
    assert shown(Movement.CREDIT_NOTE_VOIDED, 11_900, note) == [("8400", 11_900)]


def test_several_taxes_on_one_amount_have_no_account_of_their_own() -> None:
    taxes = (Tax(name="GST", rate=Decimal("0.05")), Tax(name="QST", rate=Decimal("0.09975")))
    invoice = an_issued_invoice(a_new_invoice(a_line("1", "100", taxes=taxes)))
    assert shown(Movement.INVOICE, invoice.total, invoice) == [("8200", invoice.total)]


def test_money_losses_and_credit() -> None:
    payment = a_payment()
    assert shown(Movement.PAYMENT, -10_000, payment) == [("1200", -10_000)]
    assert shown(Movement.REFUND, 4_000, payment) == [("1200", 4_000)]
    assert shown(Movement.REVERSAL, 10_000, payment) == [("1200", 10_000)]
    assert shown(Movement.CREDIT_PAYOUT, 500, None) == [("1200", 500)]
    assert shown(Movement.WRITE_OFF, -300, an_issued_invoice()) == [("2400", -300)]
    assert shown(Movement.WRITE_OFF_UNDONE, 300, an_issued_invoice()) == [("2400", 300)]
    assert shown(Movement.CREDIT_APPLIED, 0, payment) == []


def test_a_payment_is_matched_by_the_number_of_its_only_invoice() -> None:
    def reference(*numbers: str) -> str:
        parts = tuple(Allocation(invoice_id=f"inv_{each}", amount=1, invoice_number=each) for each in numbers)
        paid = entry(Movement.PAYMENT, -2, document="wire 7")
        return bookings_of(paid, a_payment(allocations=parts), BOOKS)[0].reference

    assert [reference("A-1"), reference("A-1", "A-2")] == ["A-1", "wire 7"]


@pytest.mark.parametrize(
    ("exchange", "base_amount"),
    [
        (Exchange(base="EUR", rate=Decimal("1.25")), 8_000),
        (Exchange(base="EUR"), None),
        (Exchange(base="CHF", rate=Decimal(1)), None),
        (None, None),
    ],
)
def test_the_amount_in_the_currency_of_the_books(exchange: Exchange | None, base_amount: int | None) -> None:
    books = Books(currency="EUR", fiscal_year_start=date(2026, 1, 1))
    (found,) = bookings_of(entry(Movement.PAYMENT, -10_000), a_payment(exchange=exchange), books)
    assert found.base_amount == base_amount


def test_a_refund_is_booked_at_its_own_rate() -> None:
    """100.00 euros are 200.00 dollars at the payment's rate, and 250.00 at that of the refund."""
    paid = a_payment(currency="EUR", exchange=Exchange(base="USD", rate=Decimal("0.5")))
    own = Exchange(base="USD", rate=Decimal("0.4"))
    for exchange, amount in ((None, 200_00), (own, 250_00)):
        refund = replace(entry(Movement.REFUND, 100_00, exchange=exchange), currency="EUR", payment_id=paid.id)
        assert [booking.base_amount for booking in bookings_of(refund, paid, BOOKS)] == [amount]
