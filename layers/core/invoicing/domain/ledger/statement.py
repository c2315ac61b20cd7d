"""Balances of customers, and statements of a period."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from invoicing.domain.ledger.entry import Credit, LedgerEntry, OpenItem


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """The amount due and the credit in one currency, in minor units; ``overdue`` is part of ``amount_due``.

    ``post_dated`` is the sum of the ledger entries dated after today, such as an invoice of next year.
    """

    currency: str
    amount_due: int
    overdue: int
    credit: int
    open_invoices: int
    post_dated: int = 0

    @property
    def balance(self) -> int:
        """The closing balance of today's statement; negative when there is more credit than is due by today."""
        return self.amount_due - self.credit - self.post_dated


def balances(owed: Iterable[OpenItem], given: Iterable[Credit], currency: str, today: date) -> tuple[Balance, ...]:
    """Return the balances by currency: each currency with an amount, and ``currency`` in any case."""
    invoices = list(owed)
    credit = {credit.currency: credit.amount for credit in given if credit.amount}
    found = {currency, *credit, *(invoice.currency for invoice in invoices)}
    return tuple(_balance(each, invoices, credit.get(each, 0), today) for each in sorted(found))


def _balance(currency: str, owed: Iterable[OpenItem], credit: int, today: date) -> Balance:
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

    entry: LedgerEntry
    balance: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """The movements of a period, both days included; amounts in minor units.

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
        """The sum by which movements raised the balance."""
        return sum(max(line.entry.amount, 0) for line in self.lines)

    @property
    def settled(self) -> int:
        """The sum by which movements lowered the balance; opening + charged - settled = closing."""
        return sum(max(-line.entry.amount, 0) for line in self.lines)


def statements_of(
    *, customer_id: str, currency: str, start: date, end: date, entries: Iterable[LedgerEntry]
) -> tuple[Statement, ...]:
    """Make a statement for each currency that has an amount or a movement, or one for ``currency`` if none has."""
    by_currency: dict[str, list[LedgerEntry]] = {currency: []}
    for entry in entries:
        by_currency.setdefault(entry.currency, []).append(entry)
    made = [
        statement_of(customer_id=customer_id, currency=each, start=start, end=end, entries=by_currency[each])
        for each in sorted(by_currency)
    ]
    shown = [each for each in made if each.lines or each.opening_balance or each.closing_credit]
    return tuple(shown or [each for each in made if each.currency == currency])


def statement_of(
    *, customer_id: str, currency: str, start: date, end: date, entries: Iterable[LedgerEntry]
) -> Statement:
    """Make the statement of a period from all entries up to its end; earlier ones make the opening balance.

    Entries come in the order of their dates, and of creation within a day.
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
