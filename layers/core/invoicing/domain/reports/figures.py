"""The figures of running totals by name, and sums of them: what happened in a period, in one currency."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal, NamedTuple

from invoicing.dataclass import dataclass
from invoicing.domain.reports.totals import Amounts, DayTotal, Key, add

INVOICED, CREDITED, VOIDED = "invoiced", "credited", "voided"
"""Documents: count, net, tax and gross."""

PAYMENTS, REFUNDS, REVERSALS, PAID_OUT = "payments", "refunds", "reversals", "credit_paid_out"
"""Money: count and amount."""

WRITTEN_OFF, SETTLED_BY_CREDIT = "written_off", "settled_by_credit"
"""What is neither document nor money: count and amount."""

TAX, CASH_TAX = "tax", "cash_tax"
"""Tax groups of documents, and on cash basis: taxable amount and tax."""

METHOD, EXCHANGE_GAIN, DUE, CREDIT = "method", "exchange_gain", "due", "credit"
"""Methods: count and amount. Gains: amount in the account's currency, 0 in the payment's. Due dates: amount. Customer
credit: amount, which is not converted."""

_OF_DOCUMENTS = (INVOICED, CREDITED, VOIDED)
_OF_MONEY = (PAYMENTS, REFUNDS, REVERSALS, PAID_OUT, SETTLED_BY_CREDIT, WRITTEN_OFF)
_OF_FLOWS = frozenset({*_OF_DOCUMENTS, *_OF_MONEY, EXCHANGE_GAIN})

UNCONVERTED = "?"
"""Stands for the account's currency where no rate was known; the amounts are in the currency of the entry.

Where a figure is converted from another currency, the same amounts in that one are behind those in the account's.
"""

Conversion = Literal["converted", "unconverted"]
"""``converted``: the sum of all currencies in the account's own, each document and payment at its own rate;
``unconverted``: the part of a currency that has no rate, which that sum leaves out."""


class Row(NamedTuple):
    """Whose amounts they are: those in a currency, all converted to the account's own, or what has no rate."""

    currency: str
    conversion: Conversion | None = None

    @property
    def place(self) -> tuple[int, str]:
        """The place among the rows of a report: first the currencies, then the sum of all, then what has no rate."""
        return (None, "converted", "unconverted").index(self.conversion), self.currency


type Sums = Mapping[Key, Amounts]
"""Figures by name."""


class Documents(NamedTuple):
    """A number of documents and the sums of their amounts, in minor units."""

    number: int = 0
    net: int = 0
    tax: int = 0
    gross: int = 0


class Money(NamedTuple):
    """A number of movements and their sum, in minor units."""

    number: int = 0
    amount: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Flows:
    """What happened in a period, in minor units; amounts are positive where they usually are."""

    row: Row
    invoiced: Documents = Documents()
    credited: Documents = Documents()
    voided: Documents = Documents()
    payments: Money = Money()
    refunds: Money = Money()
    reversals: Money = Money()
    credit_paid_out: Money = Money()
    settled_by_credit: Money = Money()
    written_off: Money = Money()
    exchange_gain: int = 0

    @property
    def revenue(self) -> Documents:
        """What was invoiced less what was credited and voided; the number is that of invoices."""
        parts = zip(self.invoiced, self.credited, self.voided, strict=True)
        _, net, tax, gross = (invoiced - credited - voided for invoiced, credited, voided in parts)
        return Documents(self.invoiced.number, net, tax, gross)

    @property
    def collected(self) -> int:
        """Payments less refunds and reversals; credit that was applied is not money."""
        return self.payments.amount - self.refunds.amount - self.reversals.amount


def sums_by_currency(days: Iterable[DayTotal]) -> dict[str, dict[Key, Amounts]]:
    """Add up the figures of days, by currency in the order of their codes."""
    found: dict[str, dict[Key, Amounts]] = {}
    for _, currency, figures in days:
        sums = found.setdefault(currency, {})
        for key, amounts in figures.items():
            add(sums, key, amounts)
    return dict(sorted(found.items()))


def by_row(days: Iterable[DayTotal], name: str, parts: int, base: str) -> dict[Row, dict[Key, Amounts]]:
    """Add up the figures of a name, by row and by the ``parts`` of their names that follow, in the order of rows."""
    found: dict[Row, dict[Key, Amounts]] = {}
    for currency, sums in sums_by_currency(days).items():
        for key, amounts in sums.items():
            if key[0] == name:
                for row, counted in _rows(currency, key[1 + parts :], amounts, base):
                    add(found.setdefault(row, {}), key[1 : 1 + parts], counted)
    return dict(sorted(found.items(), key=lambda each: each[0].place))


def _rows(currency: str, converted_to: Key, amounts: Amounts, base: str) -> Iterator[tuple[Row, Amounts]]:
    """Yield the rows of a figure with its amounts in their currencies.

    What is in ``base`` itself is converted, and what had a rate to another currency than ``base`` has none, whatever
    the account's currency was then.
    """
    if not converted_to:
        yield Row(currency), amounts
        if currency == base:
            yield Row(base, "converted"), amounts
    elif currency != base:
        has_own = converted_to not in {(UNCONVERTED,), (currency,)}
        own = len(amounts) // 2 if has_own else 0
        if converted_to == (base,):
            yield Row(base, "converted"), amounts[:own]
        else:
            yield Row(currency, "unconverted"), amounts[own:]


def flows_of(found: Mapping[str, Sums], base: str) -> list[Flows]:
    """Return what happened in each currency, all of it converted to ``base``, and what has no rate."""
    by_row: dict[Row, dict[Key, Amounts]] = {row: {} for row in (*map(Row, found), Row(base, "converted"))}
    for currency, sums in found.items():
        for (name, *converted_to), amounts in sums.items():
            if name in _OF_FLOWS:
                for row, counted in _rows(currency, tuple(converted_to), amounts, base):
                    add(by_row.setdefault(row, {}), (name,), counted)
    return [_flows(row, by_row[row]) for row in sorted(by_row, key=lambda row: row.place)]


def _flows(row: Row, sums: Sums) -> Flows:
    def amounts(name: str) -> Amounts:
        return sums.get((name,), ())

    figures: dict[str, Any] = {name: Documents(*amounts(name)) for name in _OF_DOCUMENTS}
    figures |= {name: Money(*amounts(name)) for name in _OF_MONEY}
    return Flows(row=row, **figures, exchange_gain=sum(amounts(EXCHANGE_GAIN)))
