"""What tests of settlement have in common: use cases carried out, and books that add up."""

from decimal import Decimal
from typing import Any

from invoicing.domain.invoice import Invoice
from invoicing.domain.ledger import Credit, Entry
from invoicing.domain.payment import Payment
from invoicing.operations.apply_credit import apply_credit
from invoicing.operations.record_invoice_payment import NewPayment, record_invoice_payment
from invoicing.operations.undo_write_off import undo_write_off
from invoicing.operations.write_off_invoice import write_off_invoice
from tests.builders import ACCOUNT, NOW, an_issued_invoice
from tests.fakes import FakeStore, Office


def keep_booked(store: FakeStore, **overrides: Any) -> Invoice:
    """An issued invoice of 1,836.00 USD with its entry in the ledger."""
    overrides = {"id": "inv_1"} | overrides
    invoice = an_issued_invoice(overrides.pop("new", None), **overrides)
    store.keep(invoice, an_entry(id=f"ent_of_{invoice.id}", amount=invoice.total, invoice_id=invoice.id))
    return invoice


def an_entry(**overrides: Any) -> Entry:
    values: dict[str, Any] = {
        "account": ACCOUNT,
        "id": "ent_0",
        "customer_id": "cust_123",
        "currency": "USD",
        "date": NOW.date(),
        "movement": "invoice",
        "amount": 0,
        "created_at": NOW,
    }
    return Entry(**values | overrides)


def a_credit(amount: int, **overrides: Any) -> Credit:
    """Credit with the entry that gave it."""
    values: dict[str, Any] = {"account": ACCOUNT, "customer_id": "cust_123", "currency": "USD", "version": 1}
    return Credit(**values | {"amount": amount} | overrides)


def pay(office: Office, amount: str, invoice_id: str = "inv_1", *, over: bool = False) -> Payment:
    new = NewPayment(amount=Decimal(amount), method="cash", allow_overpayment=over)
    return office.carry_out(lambda work: record_invoice_payment(work, invoice_id, new))


def lose(
    office: Office, reason: str | None = None, invoice_id: str = "inv_1", *, if_version: int | None = None
) -> Invoice:
    return office.carry_out(lambda work: write_off_invoice(work, invoice_id, reason, if_version=if_version))


def undo(office: Office, invoice_id: str = "inv_1", *, if_version: int | None = None) -> Invoice:
    return office.carry_out(lambda work: undo_write_off(work, invoice_id, if_version=if_version))


def use_credit(
    office: Office, amount: str | None = None, invoice_id: str = "inv_1", *, if_version: int | None = None
) -> Payment:
    given = None if amount is None else Decimal(amount)
    return office.carry_out(lambda work: apply_credit(work, invoice_id, given, if_version=if_version))


def assert_books_add_up(store: FakeStore) -> None:
    """What the entries come to is what is due less the credit there is, and their credits are that credit."""
    due = sum(invoice.amount_due for invoice in store.all(Invoice))
    credit = sum(credit.amount for credit in store.all(Credit))
    entries = store.all(Entry)
    assert sum(entry.amount for entry in entries) == due - credit
    assert sum(entry.credit for entry in entries) == credit
