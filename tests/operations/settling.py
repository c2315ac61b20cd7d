"""What tests of settlement have in common: use cases carried out, and books that add up."""

from decimal import Decimal
from typing import Any

from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.ledger.entry import Credit, LedgerEntry
from invoicing.domain.ledger.open_items import open_item_change
from invoicing.domain.payments.payment import Payment
from invoicing.operations.invoices.undo_write_off import undo_write_off
from invoicing.operations.invoices.write_off_invoice import write_off_invoice
from invoicing.operations.payments.apply_credit import apply_credit
from invoicing.operations.payments.record_invoice_payment import NewPayment, record_invoice_payment
from tests.builders import ACCOUNT, NOW, an_issued_invoice
from tests.fakes import FakeStore
from tests.office import Office


def keep_booked(store: FakeStore, **overrides: Any) -> Invoice:
    """An issued invoice of 1,836.00 USD with its entry in the ledger."""
    overrides = {"id": "inv_1"} | overrides
    invoice = an_issued_invoice(overrides.pop("new", None), **overrides)
    known: dict[str, Any] = {"amount": invoice.total, "currency": invoice.currency, "invoice_id": invoice.id}
    due = open_item_change(invoice, 0, invoice.total, invoice.issue_date)
    store.keep(invoice, an_entry(id=f"ent_0_of_{invoice.id}", open_items=due, **known))
    return invoice


def an_entry(**overrides: Any) -> LedgerEntry:
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
    return LedgerEntry(**values | overrides)


def a_credit(amount: int, **overrides: Any) -> Credit:
    """Credit with the entry that gave it."""
    values: dict[str, Any] = {"account": ACCOUNT, "customer_id": "cust_123", "currency": "USD", "version": 1}
    return Credit(**values | {"amount": amount} | overrides)


def pay(office: Office, amount: str, invoice_id: str = "inv_1", *, over: bool = False) -> Payment:
    new = NewPayment(amount=Decimal(amount), method="cash", allow_overpayment=over)
    return office.run_use_case(lambda uow: record_invoice_payment(uow, invoice_id, new))


def lose(
    office: Office,
    reason: str | None = None,
    invoice_id: str = "inv_1",
    *,
    amount: str | None = None,
    if_version: int | None = None,
) -> Invoice:
    part = None if amount is None else Decimal(amount)
    return office.run_use_case(lambda uow: write_off_invoice(uow, invoice_id, reason, part, if_version=if_version))


def undo(office: Office, invoice_id: str = "inv_1", *, if_version: int | None = None) -> Invoice:
    return office.run_use_case(lambda uow: undo_write_off(uow, invoice_id, if_version=if_version))


def use_credit(
    office: Office, amount: str | None = None, invoice_id: str = "inv_1", *, if_version: int | None = None
) -> Payment:
    given = None if amount is None else Decimal(amount)
    return office.run_use_case(lambda uow: apply_credit(uow, invoice_id, given, if_version=if_version))


def assert_books_add_up(store: FakeStore) -> None:
    """The entries add up to the amounts due less the credit, and their credits to the credit."""
    due = sum(invoice.amount_due for invoice in store.all(Invoice))
    credit = sum(credit.amount for credit in store.all(Credit))
    entries = store.all(LedgerEntry)
    assert sum(entry.amount for entry in entries) == due - credit
    assert sum(entry.credit for entry in entries) == credit
