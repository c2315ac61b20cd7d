"""The books ask what is payable, credit notes take the same off again, and reports keep the total."""

from decimal import Decimal
from typing import Any

import pytest

from invoicing.domain.credit_notes.credit_note import CreditNote
from invoicing.domain.credit_notes.measures import CreditItem
from invoicing.domain.errors import ValidationFailed
from invoicing.domain.invoices.invoice import Invoice, Status
from invoicing.domain.ledger.entry import Movement
from invoicing.domain.money.adjustments import NewDocumentAdjustment
from invoicing.domain.money.payable import NewPrepayment, NewWithholding
from invoicing.domain.money.rounding import RoundingChoice
from invoicing.operations.credit_notes.create_credit_note import NewCreditNote, create_credit_note
from invoicing.operations.credit_notes.void_credit_note import void_credit_note
from invoicing.operations.invoices.create_invoice import create_invoice
from invoicing.operations.invoices.void_invoice import void_invoice
from tests.books import assert_books_balance, credit, current, entries, ledger_of, pay
from tests.builders import PAGE_URL, a_line, a_new_invoice
from tests.fakes import FakeStore
from tests.office import Office

IRPF = NewWithholding(name="IRPF", rate=Decimal("0.15"))
COINS = RoundingChoice(cash=Decimal("0.05"))


def issue(office: Office, price: str = "100", rate: str = "0.21", **given: Any) -> Invoice:
    new = a_new_invoice(a_line("1", price, rate), **given)
    return office.run_use_case(lambda uow: create_invoice(uow, new, send_email=True, page_url=PAGE_URL))


def credited(office: Office, invoice: Invoice, *items: CreditItem) -> CreditNote:
    new = NewCreditNote(reason="Returned", items=items or None)
    return office.run_use_case(lambda uow: create_credit_note(uow, invoice.id, new, page_url=PAGE_URL))


def prepaid(amount: str) -> tuple[NewPrepayment, ...]:
    return (NewPrepayment(amount=Decimal(amount)),)


def test_what_is_withheld_and_prepaid_is_not_asked_for(office: Office, store: FakeStore) -> None:
    invoice = issue(office, withholdings=(IRPF,), prepayments=prepaid("20"))
    assert (invoice.total, invoice.amount_payable, invoice.amount_due) == (12100, 8600, 8600)
    assert entries(store, Movement.INVOICE) == [(8600, 0)]
    with pytest.raises(ValidationFailed):
        pay(office, invoice, "86.01", allow_overpayment=False)
    pay(office, invoice, "86")
    assert current(store, invoice).status is Status.PAID
    assert_books_balance(store)


def test_an_invoice_prepaid_in_full_is_paid_when_it_is_issued(office: Office, store: FakeStore) -> None:
    invoice = issue(office, prepayments=prepaid("121"))
    assert (invoice.status, invoice.amount_due, invoice.total) == (Status.PAID, 0, 12100)
    assert "invoice.paid" in store.event_types()
    assert_books_balance(store)


def test_credited_in_full_prepaid_money_becomes_credit(office: Office, store: FakeStore) -> None:
    invoice = issue(office, withholdings=(IRPF,), prepayments=prepaid("20"))
    note = credited(office, invoice)
    assert (note.total, note.withheld_total, note.amount_payable) == (12100, 1500, 10600)
    assert (note.applied_to_invoice, note.credited_to_customer) == (8600, 2000)
    after = current(store, invoice)
    assert (after.amount_credited, after.amount_due, credit(store)) == (12100, 0, 2000)
    assert entries(store, Movement.CREDIT_NOTE) == [(-10600, 2000)]
    assert_books_balance(store)


def test_parts_of_a_withholding_add_up_to_it(office: Office, store: FakeStore) -> None:
    invoice = issue(office, "0.10", "0", withholdings=(IRPF,))
    assert invoice.withheld_total == 2  # 15 % of 0.10 is 0.015
    half = CreditItem(invoice.lines[0].id, percentage=Decimal(50))
    first, second = credited(office, invoice, half), credited(office, invoice)
    assert (first.withheld_total, second.withheld_total) == (1, 1)
    assert current(store, invoice).amount_due == 0
    assert_books_balance(store)


def test_the_note_that_ends_the_invoice_has_its_cash_rounding(office: Office, store: FakeStore) -> None:
    invoice = issue(office, "20.86", "0", currency="CHF", rounding=COINS)
    assert (invoice.amount_payable, entries(store, Movement.INVOICE)) == (2085, [(2085, 0)])
    first = credited(office, invoice, CreditItem(invoice.lines[0].id, amount=Decimal(10)))
    last = credited(office, invoice)
    assert [(note.total, note.rounding_amount, note.amount_payable) for note in (first, last)] == [
        (1000, 0, 1000),
        (1086, -1, 1085),
    ]
    assert current(store, invoice).amount_due == 0
    assert_books_balance(store)


def test_charges_and_allowances_are_credited_as_lines_are(office: Office, store: FakeStore) -> None:
    shipping = NewDocumentAdjustment(description="Shipping", amount=Decimal(10), tax_rate=Decimal("0.07"))
    loyalty = NewDocumentAdjustment(description="Loyalty", percentage=Decimal(5), tax_rate=Decimal("0.21"))
    invoice = issue(office, charges=(shipping,), allowances=(loyalty,))
    assert invoice.total == 10000 + 1000 - 500 + 70 + 1995
    first = credited(office, invoice, CreditItem(invoice.charges[0].id, quantity=Decimal(1)))
    assert (first.charges_total, first.tax, first.total, first.subtotal) == (1000, 70, 1070, 0)
    rest = credited(office, invoice)
    assert [line.kind for line in rest.lines] == ["line", "allowance"]
    assert (rest.subtotal, rest.allowances_total, rest.tax) == (10000, 500, 1995)
    assert first.total + rest.total == invoice.total
    assert_books_balance(store)


def test_voiding_takes_back_what_was_asked_for(office: Office, store: FakeStore) -> None:
    invoice = issue(office, withholdings=(IRPF,), prepayments=prepaid("20"))
    office.run_use_case(lambda uow: void_invoice(uow, invoice.id, None, credit_note=False))
    assert entries(store, Movement.VOID) == [(-8600, 0)]
    assert_books_balance(store)


def test_a_voided_note_gives_its_part_of_a_withholding_back(office: Office, store: FakeStore) -> None:
    invoice = issue(office, "0.10", "0", withholdings=(IRPF,))
    pay(office, invoice, "0.08")
    half = CreditItem(invoice.lines[0].id, percentage=Decimal(50))
    first = credited(office, invoice, half)
    second = credited(office, invoice, half)
    office.run_use_case(lambda uow: void_credit_note(uow, first.id, None, ledger_of(office)))
    third = credited(office, invoice)
    assert second.withheld_total + third.withheld_total == invoice.withheld_total
    assert (current(store, invoice).amount_due, credit(store)) == (0, 8)
    assert_books_balance(store)
