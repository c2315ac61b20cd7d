"""Balances of customers, and statements of a period."""

from collections.abc import Iterable, Sequence
from datetime import date

from invoicing.dataclass import dataclass
from invoicing.domain.ledger.ageing import Ageing, ageing_of
from invoicing.domain.ledger.carried_balance import CarriedBalance, CurrencySums, carried_forward
from invoicing.domain.ledger.entry import LedgerEntry, Movement
from invoicing.domain.ledger.period_sums import cut_by, total


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


def balances(
    carried: CarriedBalance, entries: Iterable[LedgerEntry], currency: str, today: date
) -> tuple[Balance, ...]:
    """Return the balances by currency: each with an open invoice or credit, and ``currency`` in any case.

    ``entries`` are those recorded since the balance was carried forward, which must tell all of today.
    """
    sums = {currency: CurrencySums()} | dict(carried_forward(carried, entries, most=None).currencies)
    found = [_balance(each, sums[each], today) for each in sorted(sums)]
    return tuple(each for each in found if each.open_invoices or each.credit or each.currency == currency)


def _balance(currency: str, sums: CurrencySums, today: date) -> Balance:
    (amount_due, open_invoices), (overdue, _) = total(sums.due), total(sums.due, before=today)
    amount, credit = total(sums.dated)
    until_today, _ = total(period for period in sums.dated if period.first <= today)
    return Balance(
        currency=currency,
        amount_due=amount_due,
        overdue=overdue,
        credit=credit,
        open_invoices=open_invoices,
        post_dated=amount - until_today,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementLine:
    """A movement, and the balance after it in minor units."""

    entry: LedgerEntry
    balance: int

    @property
    def due_date(self) -> date | None:
        """The due date of an invoice that is issued; None for other movements, and for an invoice of nothing."""
        items = self.entry.open_items if self.entry.movement is Movement.INVOICE else ()
        return items[0].due_date if items else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """The movements of a period, both days included; amounts in minor units.

    The balances are what is owed less the credit; ``closing_credit`` is the credit at the end. ``ageing`` is as of the
    last day, None where that is so long ago that it cannot be told.
    """

    customer_id: str
    currency: str
    start: date
    end: date
    opening_balance: int
    lines: tuple[StatementLine, ...]
    closing_balance: int
    closing_credit: int
    ageing: Ageing | None = None

    @property
    def charged(self) -> int:
        """The sum by which movements raised the balance."""
        return sum(max(line.entry.amount, 0) for line in self.lines)

    @property
    def settled(self) -> int:
        """The sum by which movements lowered the balance; opening + charged - settled = closing."""
        return sum(max(-line.entry.amount, 0) for line in self.lines)


def statements_of(
    *,
    customer_id: str,
    currency: str,
    start: date,
    end: date,
    carried: CarriedBalance,
    entries: Iterable[LedgerEntry],
    has_later: bool = True,
) -> tuple[Statement, ...]:
    """Make a statement for each currency that has an amount or a movement, or one for ``currency`` if none has.

    ``entries`` are those recorded since the balance was carried forward, and all dated from `needed_from` on or,
    without ``has_later``, up to ``end``: then there is no ageing.
    """
    by_currency: dict[str, list[LedgerEntry]] = {each: [] for each in (currency, *carried.currencies)}
    for entry in entries:
        by_currency.setdefault(entry.currency, []).append(entry)
    made = [
        statement_of(
            customer_id=customer_id,
            currency=each,
            start=start,
            end=end,
            carried=carried,
            entries=by_currency[each],
            has_later=has_later,
        )
        for each in sorted(by_currency)
    ]
    shown = [each for each in made if each.lines or each.opening_balance or each.closing_credit]
    return tuple(shown or [each for each in made if each.currency == currency])


def needed_from(carried: CarriedBalance, start: date) -> date:
    """Return the first date of entries that a statement needs one by one: it may lie before the period's start."""
    return min((cut_by(sums.dated, start) for sums in carried.currencies.values()), default=start)


def statement_of(
    *,
    customer_id: str,
    currency: str,
    start: date,
    end: date,
    carried: CarriedBalance,
    entries: Sequence[LedgerEntry],
    has_later: bool = True,
) -> Statement:
    """Make the statement of a period in one currency; ``entries`` in it as for `statements_of`."""
    sums = carried.currencies.get(currency, CurrencySums())
    cut = cut_by(sums.dated, start)
    (opening_balance, credit), lines = total(sums.dated, before=cut), []
    until = [
        entry for entry in entries if entry.date <= end and (entry.date >= cut or entry.id > carried.recorded_until)
    ]
    opening_balance += sum(entry.amount for entry in until if entry.date < start)
    balance = opening_balance
    for entry in sorted(until, key=lambda entry: (entry.date, entry.id)):
        credit += entry.credit
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
        closing_credit=credit,
        ageing=(
            ageing_of(sums.due, entries, recorded_until=carried.recorded_until, as_of=end, credit=credit)
            if has_later
            else None
        ),
    )
