"""A customer's account with the business: every movement, the credit there is, and statements of both.

The balance is what the customer owes less the credit it has: always the sum of the amounts due on its invoices less its
credit, and the sum of the entries' amounts. Credit is always the sum of the entries' credits. Both per currency.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from invoicing.domain.errors import Detail, ValidationFailed
from invoicing.domain.money import to_major


class Movement(StrEnum):
    """What an entry of the ledger is about."""

    INVOICE = "invoice"
    VOID = "void"
    PAYMENT = "payment"
    REFUND = "refund"
    REVERSAL = "reversal"
    CREDIT_NOTE = "credit_note"
    CREDIT_APPLIED = "credit_applied"
    WRITE_OFF = "write_off"
    WRITE_OFF_UNDONE = "write_off_undone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One movement, in minor units; written once, with what caused it.

    ``amount`` is by how much the customer owes more, ``credit`` by how much its credit grows; an overpayment does both:
    120 paid where 100 are due is -120 and +20. Credit that pays an invoice is 0 and negative: what is owed and the
    credit against it shrink alike. ``document`` is the number or reference that people know it by.
    """

    account: str
    id: str
    version: int = 1
    customer_id: str
    currency: str
    date: date
    movement: Movement
    amount: int
    credit: int = 0
    document: str | None = None
    invoice_id: str | None = None
    payment_id: str | None = None
    credit_note_id: str | None = None
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """What a business owes a customer in one currency, in minor units, never below 0."""

    account: str
    customer_id: str
    currency: str
    version: int = 0
    amount: int = 0

    @property
    def id(self) -> str:
        """The two that it is found by; neither has a space in it."""
        return credit_id(self.customer_id, self.currency)


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """An invoice on which something is due, in minor units."""

    invoice_id: str
    currency: str
    due_date: date
    amount_due: int


def credit_id(customer_id: str, currency: str) -> str:
    """The id of a customer's credit in a currency."""
    return f"{customer_id} {currency}"


def changed_by(credit: Credit, amount: int) -> Credit:
    """The credit after an amount was added, or with a negative one used. `ValidationFailed` below 0."""
    if credit.amount + amount < 0:
        have = to_major(credit.amount, credit.currency)
        message = f"The customer has {have} {credit.currency} of credit."
        detail = Detail("amount", message, "AMOUNT_EXCEEDS_CREDIT", to_major(-amount, credit.currency))
        raise ValidationFailed(detail, code="AMOUNT_EXCEEDS_CREDIT", message=message)
    return replace(credit, version=credit.version + 1, amount=credit.amount + amount)


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """What a customer owes in one currency, and its credit, in minor units; ``overdue`` is part of ``amount_due``."""

    currency: str
    amount_due: int
    overdue: int
    credit: int
    open_invoices: int

    @property
    def balance(self) -> int:
        """What is left when the credit is taken off what is due; negative when there is more credit."""
        return self.amount_due - self.credit


def balances(owed: Iterable[Owed], given: Iterable[Credit], currency: str, today: date) -> tuple[Balance, ...]:
    """The balance in each currency in which there is anything, and in ``currency`` in any case, by currency."""
    invoices = list(owed)
    credit = {credit.currency: credit.amount for credit in given if credit.amount}
    found = {currency, *credit, *(invoice.currency for invoice in invoices)}
    return tuple(_balance(each, invoices, credit.get(each, 0), today) for each in sorted(found))


def _balance(currency: str, owed: Iterable[Owed], credit: int, today: date) -> Balance:
    invoices = [invoice for invoice in owed if invoice.currency == currency]
    return Balance(
        currency=currency,
        amount_due=sum(invoice.amount_due for invoice in invoices),
        overdue=sum(invoice.amount_due for invoice in invoices if invoice.due_date < today),
        credit=credit,
        open_invoices=len(invoices),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementLine:
    """A movement, and the balance after it in minor units."""

    entry: Entry
    balance: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What happened in a period, both days included; amounts in minor units.

    The balances are what is owed less the credit; ``closing_credit`` is the credit at the end.
    """

    customer_id: str
    currency: str
    start: date
    end: date
    opening_balance: int
    lines: tuple[StatementLine, ...]
    closing_balance: int
    closing_credit: int

    @property
    def charged(self) -> int:
        """By how much the movements raised the balance."""
        return sum(max(line.entry.amount, 0) for line in self.lines)

    @property
    def settled(self) -> int:
        """By how much the movements lowered the balance; opening + charged - settled = closing."""
        return sum(max(-line.entry.amount, 0) for line in self.lines)


def statement(*, customer_id: str, currency: str, start: date, end: date, entries: Iterable[Entry]) -> Statement:
    """The statement of a period from all entries up to its end: those before it are the opening balance.

    They come in the order of their dates, and of creation within a day.
    """
    until = [entry for entry in entries if entry.date <= end]
    opening_balance = balance = sum(entry.amount for entry in until if entry.date < start)
    lines = []
    for entry in sorted(until, key=lambda entry: (entry.date, entry.created_at, entry.id)):
        if entry.date >= start:
            balance += entry.amount
            lines.append(StatementLine(entry=entry, balance=balance))
    return Statement(
        customer_id=customer_id,
        currency=currency,
        start=start,
        end=end,
        opening_balance=opening_balance,
        lines=tuple(lines),
        closing_balance=balance,
        closing_credit=sum(entry.credit for entry in until),
    )
