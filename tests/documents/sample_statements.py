"""Statements and payments to make documents of."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from invoicing.domain.ledger.carried_balance import CarriedBalance
from invoicing.domain.ledger.entry import LedgerEntry, Movement
from invoicing.domain.ledger.statement import statements_of
from invoicing.domain.payments.payment import Allocation, Payment
from invoicing.operations.customers.get_customer_statement import CustomerStatement
from tests.documents.sample_invoices import BUYER, SELLER

MADE_AT = datetime(2026, 11, 30, 9, 30, tzinfo=UTC)
START, END = date(2026, 11, 1), date(2026, 11, 30)


def entry_of(number: int, movement: Movement, amount: int, credit: int = 0, **more: Any) -> LedgerEntry:
    """An entry of the day in November that its number says, or later."""
    values: dict[str, Any] = {"date": START + timedelta(days=number - 1), "document": f"INV-2026-{number:03}"} | more
    return LedgerEntry(
        account="acc_1",
        id=f"ent_{number:04}",
        customer_id="cust_123",
        currency=more.pop("currency", "USD"),
        movement=movement,
        amount=amount,
        credit=credit,
        created_at=MADE_AT,
        **{name: value for name, value in values.items() if name != "currency"},
    )


MOVEMENTS = (
    entry_of(1, Movement.INVOICE, 50000, date=date(2026, 10, 3)),
    entry_of(2, Movement.INVOICE, 183600),
    entry_of(3, Movement.PAYMENT, -250000, 16400, document="TX 2026-11-03 Initech"),
    entry_of(5, Movement.INVOICE, 20000),
    entry_of(6, Movement.CREDIT_APPLIED, 0, -10000, document="INV-2026-005"),
    entry_of(9, Movement.CREDIT_NOTE, -2500, document="CN-2026-001"),
    entry_of(12, Movement.REFUND, 6400, -6400, document=None),
    entry_of(14, Movement.INVOICE, 99900),
    entry_of(20, Movement.REVERSAL, 1000),
    entry_of(21, Movement.VOID, -99900, document="INV-2026-014"),
    entry_of(25, Movement.WRITE_OFF, -7500, document="INV-2026-005"),
    entry_of(28, Movement.WRITE_OFF_UNDONE, 7500, document="INV-2026-005"),
)


def a_statement(entries: tuple[LedgerEntry, ...] = MOVEMENTS, **overrides: Any) -> CustomerStatement:
    """The statement of November from these entries."""
    carried = CarriedBalance(account="acc_1", id="cust_123")
    statements = statements_of(
        customer_id="cust_123", currency="USD", start=START, end=END, carried=carried, entries=entries
    )
    values: dict[str, Any] = {
        "account": "acc_1",
        "statements": statements,
        "seller": SELLER,
        "buyer": BUYER,
        "locale": "en",
        "made_at": MADE_AT,
        "made_on": END,
    }
    return CustomerStatement(**values | overrides)


def payment_of(**overrides: Any) -> Payment:
    """A payment of two invoices, of which some became credit."""
    values: dict[str, Any] = {
        "account": "acc_1",
        "id": "pay_0195512345007a3b8c1d2e3f40516275",
        "version": 1,
        "customer_id": "cust_123",
        "currency": "USD",
        "amount": 250000,
        "method": "bank_transfer",
        "payment_date": date(2026, 11, 3),
        "reference": "TX 2026-11-03 Initech",
        "allocations": (
            Allocation(invoice_id="inv_1", invoice_number="INV-2026-001", amount=50000, still_due=0),
            Allocation(invoice_id="inv_2", invoice_number="INV-2026-002", amount=183600, still_due=1234),
        ),
        "to_credit": 16400,
        "buyer": BUYER,
        "seller": SELLER,
        "time_zone": "Europe/Berlin",
        "locale": "en",
        "created_at": MADE_AT,
        "updated_at": MADE_AT,
    }
    return Payment(**values | overrides)
